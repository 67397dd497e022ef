"""From the two texts of a lesson to its notebooks, its references, its kill matrix and its catalogue of mistakes.

An author's code runs in this process; a submission never comes here.
"""
