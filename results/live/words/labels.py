"""What stands on the page beside the numbers: buttons, headings, series, groups, districts."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

TITLE = "gigsupply, live"
HEADING = "Berlin, Christmas 2017: who delivers the parcels?"
BUTTONS = {
    "play": "Play", "pause": "Pause", "day": "One day", "round": "One round", "end": "To the end", "over": "Start over",
    "luck": "Other luck", "reset": "Undo all changes", "refuser": "Somebody who just refused", "copy": "Copy",
    "compare": "Compare with the scenario as it was", "over_with": "Start over with it",
}  # fmt: skip
SPEED, SPEEDS = "Speed", {1: "1 day a second", 3: "3 days a second", 10: "10 days a second", 30: "30 days a second"}
CROWDED = "So many tabs are open that there is no room for another market. Close one and reload."
NO_SCRIPT = "This page needs JavaScript, which comes with it; nothing is loaded from elsewhere."

SECTIONS = {
    "levers": ("Levers", "What if? Turn one, and play on"),
    "tonight": ("The day's market", "Booked on the evening before, in rounds: price, blocks taken, blocks still open"),
    "parcels": ("Parcels", "Thousand a day"),
    "gap": ("The gap, and who fills it", "Thousand parcels a day"),
    "waiting": ("Waiting parcels", "Thousand, at the day's end"),
    "pay": ("Pay per block", "EUR for a block of four hours"),
    "drivers": ("Active drivers", "Persons who drove within 28 days, by group"),
    "net": ("Left of an hour", "EUR net with unpaid ways, mean of four weeks"),
    "couriers": ("Couriers of the carriers", "Employed, and posts that stay vacant"),
    "looked": ("Who opened the app", "Persons an evening, by what came of it"),
    "berlin": ("Berlin", "Twelve districts, where drivers live"),
    "cloud": ("Everybody who opened the app", "A dot is a person; to the right, a block was worth it (EUR). Click one"),
    "driver": ("One decision", ""),
    "take": ("Take it with you", ""),
}  # fmt: skip
SERIES = {
    "carriers": "delivered by carriers", "platform": "delivered by drivers", "arrived": "arriving", "backlog": "waiting",
    "lack": "missing couriers", "could": "all posted blocks", "carried": "delivered by drivers",
    "first": "first offer", "highest": "highest offer", "mean": "mean paid", "cap": "cap", "floor": "floor",
    "minimum": "minimum wage", "all": "all drivers", "couriers": "couriers", "vacancies": "vacancies", "price": "price, EUR",
    "open": "open", "taken": "taken", "band": "first to highest offer", "season": "the season's helpers",
    "before": "without your changes",
}  # fmt: skip
ANSWERS = {0: "took a block", 1: "passed", 2: "had no time", 3: "came too late"}
QUANTITIES = {
    "active": ("active drivers", ""), "pay": ("pay of a block", "EUR"), "net": ("net per hour", "EUR"),
    "below": ("blocks below minimum wage", "%"),
}  # fmt: skip
PANEL = "{name}: {taken} of {posted}"
LAST_WEEKS = "last 28 days"

PROGRESS = "Scenario {scenario}, seed {seed}, day {day} of {days}"

GROUPS = {
    "full_time": "full-time", "part_time": "part-time", "student": "student", "alg2": "ALG II", "self_employed": "self-employed",
    "pensioner": "pensioner", "home": "minijob / home",
}  # fmt: skip
DISTRICTS = {
    "mitte": "Mitte", "friedrichshain_kreuzberg": "Friedrichs­hain-Kreuzberg", "pankow": "Pankow",
    "charlottenburg_wilmersdorf": "Charlotten­burg-Wilm.", "spandau": "Spandau", "steglitz_zehlendorf": "Steglitz-Zehlend.",
    "tempelhof_schoeneberg": "Tempelh.-Schöneb.", "neukoelln": "Neukölln", "treptow_koepenick": "Treptow-Köpenick",
    "marzahn_hellersdorf": "Marzahn-Hellersd.", "lichtenberg": "Lichten­berg", "reinickendorf": "Reinicken­dorf",
}  # fmt: skip

IN_FULL = {
    "charlottenburg_wilmersdorf": "Charlottenburg-Wilmersdorf", "steglitz_zehlendorf": "Steglitz-Zehlendorf",
    "tempelhof_schoeneberg": "Tempelhof-Schöneberg", "marzahn_hellersdorf": "Marzahn-Hellersdorf",
}  # fmt: skip

TAKE = {
    "run": "Run folder (zip)", "scenario": "Scenario (TOML)", "figures": "Figure", "command": "The same run on the command line",
    "read_me": "days.csv: a row a day, for a spreadsheet. summary.json: the season in numbers. manifest.json: how it was run.\n"
    "*.parquet: whole tables for Python or R: days, blocks by round, drivers, and the ledger of who pays whom.\n"
    "Run it again: gigsupply run scenario.toml {seed_and_days}; the file holds your levers, command.txt sets them one by one.\n",
    "not_yet": "Let a day pass first: there is nothing to take yet.",
}  # fmt: skip
FIGURES = {"prices": "prices", "active-drivers": "active drivers", "net-pay": "net pay"}
CHARTS_SAY = {
    "tonight": "Price and blocks by round of the booking evening, a panel per slot",
    "parcels": "Parcels by day: delivered by carriers and by drivers, arriving",
    "gap": "Parcels by day: what missing couriers would deliver, what all posted blocks could carry, what drivers delivered",
    "waiting": "Parcels waiting at the day's end, by day",
    "pay": "Pay per block by day: first and highest offer, mean, cap and floor",
    "drivers": "Active drivers by day and group",
    "net": "Net pay per hour by day and group, against the minimum wage",
    "couriers": "Couriers and vacancies by day",
    "looked": "Persons who opened the app by day and by what came of it",
    "cloud": "Everybody who opened the app, by group and by what the best block was worth",
}  # fmt: skip


def district(name: str) -> str:
    """Return a district's full name."""
    return IN_FULL.get(name, DISTRICTS[name].replace("\u00ad", ""))


SCRIPT = {
    "locale": "en-GB", "round": "round {}", "moved": "changed: {}", "person": "person {}",
    "lost": "The connection is lost. The run waits, and goes on when the connection is back.",
}  # fmt: skip  # for the page's script


def series_name(key: str | int) -> str:
    """Return what a series is called: a name of its own, or an answer."""
    return ANSWERS[key] if isinstance(key, int) else SERIES[key]
