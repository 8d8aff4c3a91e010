package io.ipam.allocation.state;

/** Makes ledgers for tests. */
final class Ledgers {
    private Ledgers() {}

    static Ledger small(String name) {
        return new Ledger(name.charAt(0), io.ipam.address.Prefix.parse("10.0.0.0/24"), 0);
    }
}
