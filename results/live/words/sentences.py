"""Sentences about a day, a season and a person."""

from datetime import date

from .labels import MONTHS, WEEKDAYS

STORY = {
    "first": "press Play to see who delivers",
    "no_platform": "no platform in this scenario; {waiting} parcels wait",
    "before": "the carriers alone, the platform starts on {launch}; {waiting} parcels wait",
    "rest": "no deliveries; {waiting} parcels wait",
    "none": "no blocks needed; {waiting} parcels wait",
    "blocks": "{posted} blocks, {taken} taken, last at {price} EUR; {waiting} parcels wait{room}",
    "nothing_taken": "{posted} blocks, none taken, offered at up to {price} EUR; {waiting} parcels wait{room}",
    "room": ", of them the open blocks could carry {room}",
    "round": "evening before, round {round} of {rounds}: {taken} of {posted} blocks taken, now offered at {price} EUR",
    "over": "the season is over; {taken} of {posted} blocks taken",
    "over_alone": "the season is over, without blocks",
}
CAUSE = {
    "first": "Carriers lack couriers; from {launch} a platform offers private people delivery blocks, tours with their own cars.",
    "first_alone": "Carriers lack couriers, and in this scenario no platform makes up for them.",
    "short": "Carriers lack {couriers}, who would deliver {lack} parcels a day.",
    "posted": "Carriers lack {couriers}, who would deliver {lack} parcels a day; all {posted} blocks together carry {could}.",
    "limited": "Carriers lack {couriers}, who would deliver {lack} parcels a day; all {posted} blocks, as many as the platform may "
    "post, carry {could}.",
    "staffed": "No courier post is vacant; more parcels have come than couriers can deliver.",
    "tried": "Every parcel has been tried; those that wait found nobody in.",
}
LATE = {
    "none": "No parcel was late so far.",
    "some": "{late} of {delivered} parcels late so far ({share}).",
    "some_over": "{late} of {delivered} parcels late ({share}).",
    "none_over": "No parcel was late.",
    "beside": "{late} of {delivered} parcels late ({share}), without your changes {before}.",
    "tip": "Late is what is delivered more than {days} after it came. It counts once it is delivered: what waits may add to it.",
    "day": "a working day", "days": "{days} working days",
}  # fmt: skip
AMOUNTS = {"tiny": "under 0.1 %", "share": "{share} %", "million": "{number} million"}
KEYS = "Space plays and pauses, the right arrow goes on by a day, with Shift by one round of an evening."
WHY = {
    "moved": "{arrived} parcels came; carriers delivered {carriers}, drivers {platform}.",
    "spare": "Little was left to carry for drivers: their blocks were {used} full.",
    "open": "{open} blocks, room for {room} parcels, stay open at {price} EUR: {lookers}.",
    "cap": "{open} blocks, room for {room} parcels, stay open at {price} EUR, the most the platform may pay: {lookers}.",
    "all": "Every block finds a driver: {lookers}.",
    "round": "So far {lookers}.",
    "lookers": "of {lookers} people who opened the app {took} took {what}, {passed} passed, {cannot} had no time",
    "one": "a block", "several": "one block or more",
    "late": ", {late} came too late",
    "passed": "To those who passed, the best price at their last look was less than car, tax and own time cost them, "
    "for half of them by {miss} EUR or less.",
}  # fmt: skip
SEASON = {
    "net": "An hour in a block was paid {pay} EUR{top_up}; after car, tax and unpaid ways {net} were left.",
    "top_up": " with the mileage top-up",
    "paid": "Carriers paid the platform {fees} thousand EUR, the platform paid drivers {wages}; car and tax took {costs} of it.",
    "gains": "Your changes brought, in thousand EUR: {parts}; together {together}. Drivers' gain is less their own time and what "
    "registering cost them, couriers' less their time, {time} of their net pay.",
    "goes_on": "Play goes on past the end.",
}
ACCOUNTS = {
    "platform": "the platform", "carriers": "carriers", "couriers": "couriers", "drivers": "drivers", "state": "the state",
    "recipients": "recipients (waiting at a price)", "shippers": "shippers", "rest": "car trade",
}  # fmt: skip
PLAYED = {
    "title": "Seasons played here", "none": "as opened", "since": "{lever} from {day}", "blocks": "{filled} of {posted}",
    "net": "{net} EUR", "nothing": "–",
}  # fmt: skip
PLAYED_HEADS = ("Luck (seed)", "Levers", "Parcels late", "Blocks taken", "Left of an hour")
LUCK = {
    "may": "One season is one luck, and luck alone may move it far: gigsupply compare plays many.",
    "moved": "Luck alone: in the {seasons} seasons with the same levers {low} to {high} of parcels were late. "
    "What a lever does shows over many seasons: gigsupply compare plays them.",
}
COMPARED = {
    "none": "Move a lever: here stands what it changes, day by day.",
    "waits": "{levers} holds when you start over.", "wait": "{levers} hold when you start over.",
    "alone": "Tick Compare to see what your changes do.",
    "behind": "The same season without your changes is being worked out …",
    "failed": "There is nothing to compare with, as the model failed ({message}).",
    "same": "Your changes make no difference yet.",
    "some": "Your changes, since {since}: {parts}.",
    "parcels_late": "{number} {more} parcels late",
    "blocks_filled": "{number} {more} blocks taken",
    "pay": "pay {number} EUR a block {higher}",
    "pay_with_top_up": "pay with the mileage top-up {number} EUR a block {higher}",
    "net": "{number} EUR an hour {more} left",
    "backlog": "{number} {more} wait today",
}  # fmt: skip
MORE, FEWER, HIGHER, LOWER, LESS = "more", "fewer", "higher", "lower", "less"
DRIVER = {
    "nobody": "From {launch} on, people open the app, and here stands what one of them decides, and why.",
    "who": "Person {person}, {group}, lives in {district}, {way} km from {station}",
    "car": "car {cost} EUR/km, registered, {driven} so far",
    "block": "{slot}, {price} EUR for {hours} h, round {round}.",
    "took": "Takes it: {surplus} EUR better off, as this person sees it",
    "passed": "Passes: {loss} EUR worse off, as this person sees it",
    "wants": "Would take this block at {pay} EUR.",
    "cannot": "Cannot take it: {reason}",
    "late": "Came too late: it would have been worth {surplus} EUR to this person",
    "gone": "Did not open the app this evening",
    "week": "Evenings",
    "looked_took": "took {price}", "looked_passed": "passed", "looked_cannot": "no time", "looked_late": "too late", "not": "–",
}  # fmt: skip
FAULT = "The model failed on this run: {message}. The run stops here; others go on. The same again:"


def day_in_words(day: date) -> str:
    """Write a date with its weekday."""
    return f"{WEEKDAYS[day.weekday()]} {short_day(day)} {day.year}"


def short_day(day: date) -> str:
    """Write a date without its year."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def blocks(number: int) -> str:
    """Count blocks."""
    return f"{number} block{'' if number == 1 else 's'}"


def couriers(number: int) -> str:
    """Count couriers."""
    return f"{number:,} courier{'' if number == 1 else 's'}"
