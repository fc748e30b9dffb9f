"""READ: exports of incident tools, one module a tool. Names and mails are dropped."""
