"""What runs in the sandbox: loaded from here by path, so that a kernel never imports the grader's package.

main      a process that forks a fresh kernel for each submission, or serves one itself
shell     an IPython kernel whose messages go through one channel
confine   limits, capabilities, Landlock, seccomp: applied after the fork and before a learner's first line
"""
