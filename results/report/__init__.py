"""The policy report: from finished sweeps to sentences, tables and figures whose every number says where it comes from."""
