package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import org.jspecify.annotations.Nullable;

/** A copy of the columns of a {@link RecordTable}. Thread safety: nobody writes to it. */
final class RecordColumns {
    private final AddressColumn addresses;
    private final @Nullable Owner[] owners;
    private final @Nullable String[] interfaceNames;
    private final long[] generations;

    RecordColumns(
            AddressColumn addresses, @Nullable Owner[] owners, @Nullable String[] interfaceNames, long[] generations) {
        this.addresses = addresses;
        this.owners = owners;
        this.interfaceNames = interfaceNames;
        this.generations = generations;
    }

    /** One more than the highest slot. */
    int slotBound() {
        return owners.length;
    }

    /** Who holds the address of a slot; null for a free slot. */
    @Nullable
    Owner owner(int slot) {
        return owners[slot];
    }

    String interfaceName(int slot) {
        String name = interfaceNames[slot];
        if (name == null) {
            throw new IllegalStateException("slot " + slot + " is free");
        }
        return name;
    }

    long generation(int slot) {
        return generations[slot];
    }

    long high(int slot) {
        return addresses.high(slot);
    }

    long low(int slot) {
        return addresses.low(slot);
    }
}
