package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The subnets that a pod names, from which its pools are carved. The names are not checked against
 * the existing subnets.
 *
 * <p>Thread safety: immutable.
 *
 * @param items one per interface, in the given order
 * @param severalInterfaces whether the form for several interfaces was used ({@code subnets}, not
 *     {@code subnet})
 * @param size the size of the pools
 * @param reclaim whether a recreated application gets a new pool
 */
public record SubnetSelection(List<Item> items, boolean severalInterfaces, PoolSize size, boolean reclaim) {
    /** Copies the items. */
    public SubnetSelection {
        requireNonNull(items, "items");
        items = List.copyOf(items);
        requireNonNull(size, "size");
    }

    /**
     * The subnets of one interface.
     *
     * @param interfaceName the interface
     * @param subnets the subnet names of each family; families without a name are omitted
     */
    public record Item(String interfaceName, Map<Family, List<String>> subnets) {
        /** Copies the names. */
        public Item {
            requireNonNull(subnets, "subnets");
            requireNonNull(interfaceName, "interfaceName");
            EnumMap<Family, List<String>> copy = new EnumMap<>(Family.class);
            subnets.forEach((family, names) -> {
                if (!names.isEmpty()) {
                    copy.put(family, List.copyOf(names));
                }
            });
            subnets = Collections.unmodifiableMap(copy);
        }

        /**
         * {@return the names of one family, empty if there are none}
         *
         * @param family the family
         */
        public List<String> names(Family family) {
            requireNonNull(family, "family");
            return subnets.getOrDefault(family, List.of());
        }
    }
}
