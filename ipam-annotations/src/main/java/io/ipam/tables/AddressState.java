package io.ipam.tables;

/** The states of an address in a map, in the order of the legend. */
enum AddressState {
    HELD('#', "held"),
    COOLING('~', "cooling"),
    RESERVED('R', "reserved"),
    STATIC('s', "free static"),
    FREE('.', "free"),
    EXCLUDED('x', "excluded");

    private final char symbol;
    private final String label;

    AddressState(char symbol, String label) {
        this.symbol = symbol;
        this.label = label;
    }

    char symbol() {
        return symbol;
    }

    String label() {
        return label;
    }
}
