"""What groups of drivers are called in a sentence."""

PEOPLE = {
    "full_time": "full-time employees", "part_time": "part-time employees", "student": "students", "alg2": "ALG II recipients",
    "self_employed": "self-employed people", "pensioner": "pensioners", "home": "people in a minijob or at home",
}  # fmt: skip
