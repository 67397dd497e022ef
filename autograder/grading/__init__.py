"""From one submission to one result, and many of them side by side, on this machine or on a Dask cluster."""
