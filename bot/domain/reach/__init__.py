"""Who may call whom: pods, policies and what they let through. One module a kind of policy.

`sure` is what the policies let through beyond doubt; `possible` what they may let through if every
doubt (an address block, a field that was not read) falls that way. What lies between is not judged.
"""
