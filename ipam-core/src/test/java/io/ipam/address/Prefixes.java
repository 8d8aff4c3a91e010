package io.ipam.address;

import java.util.ArrayList;
import java.util.List;

/** Exhaustive small domains of prefixes. */
public final class Prefixes {
    private Prefixes() {}

    /** All prefixes within a block, the block itself first. */
    public static List<Prefix> within(Prefix block) {
        List<Prefix> prefixes = new ArrayList<>();
        for (int length = block.length(); length <= block.family().bits(); length++) {
            for (Address address : addresses(block)) {
                Prefix prefix = Prefix.masked(address, length);
                if (prefix.first().equals(address)) {
                    prefixes.add(prefix);
                }
            }
        }
        return prefixes;
    }

    private static List<Address> addresses(Prefix block) {
        List<Address> addresses = new ArrayList<>(List.of(block.first()));
        while (!addresses.get(addresses.size() - 1).equals(block.last())) {
            addresses.add(addresses.get(addresses.size() - 1).next());
        }
        return addresses;
    }
}
