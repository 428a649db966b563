"""The interview at the terminal: what is asked, which keys there are, and when the plan is saved."""

from pushpull.prompts.interview import Interview
from pushpull.prompts.opening import add_services, ask_grade, begin, set_up
from pushpull.prompts.terminal import Leave, Terminal, say

__all__ = ["Interview", "Leave", "Terminal", "add_services", "ask_grade", "begin", "say", "set_up"]
