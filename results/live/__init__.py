"""The page in the browser: a market per tab, drawn from one immutable snapshot per day."""
