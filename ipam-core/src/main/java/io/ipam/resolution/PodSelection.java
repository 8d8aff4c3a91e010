package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pools that a pod names for itself. */
public sealed interface PodSelection {
    /**
     * The same pools for every interface.
     *
     * <p>Thread safety: immutable.
     *
     * @param pools the names
     */
    record AllInterfaces(PoolNames pools) implements PodSelection {
        /** Rejects null. */
        public AllInterfaces {
            requireNonNull(pools, "pools");
        }
    }

    /**
     * Pools for each interface. Either all items name their interface, or none does. Items without
     * a name are assigned by position: position 0 is {@code eth0}, and the other interfaces follow
     * in order. {@link #problems()} lists the violations.
     *
     * <p>Thread safety: immutable.
     *
     * @param items the items in the given order
     */
    record PerInterface(List<Item> items) implements PodSelection {
        /** Copies the items. */
        public PerInterface {
            items = List.copyOf(requireNonNull(items, "items"));
        }

        private List<Optional<String>> names() {
            List<Optional<String>> names = new ArrayList<>(items.size());
            items.forEach(item -> names.add(item.interfaceName()));
            return names;
        }

        /**
         * {@return whether the items are assigned by position: at least one does not name its
         * interface}
         */
        public boolean isPositional() {
            return items.stream().anyMatch(item -> item.interfaceName().isEmpty());
        }

        /**
         * {@return the interface that each item names, or its position ({@code "0"}, {@code "1"})
         * without a name}
         */
        public List<String> itemNames() {
            return ItemNames.shown(names());
        }

        /**
         * {@return the problems that do not depend on the interfaces}
         *
         * <p>These are an empty list, a mix of items with and without a name, and an interface that
         * is named twice. Paths are relative to the list: {@code [1].interface}.
         */
        public List<Problem> problems() {
            return ItemNames.problems(names());
        }
    }

    /**
     * The pools of one interface.
     *
     * <p>Thread safety: immutable.
     *
     * @param interfaceName the interface; empty, as is an empty name, for an item that is assigned
     *     by position
     * @param pools the names
     * @param cleanGateway whether this interface requests no default route
     */
    record Item(Optional<String> interfaceName, PoolNames pools, boolean cleanGateway) {
        /** Replaces an empty name by no name. */
        public Item {
            interfaceName = requireNonNull(interfaceName, "interfaceName").filter(name -> !name.isEmpty());
            requireNonNull(pools, "pools");
        }

        /**
         * {@return an item that names its interface}
         *
         * @param interfaceName the interface
         * @param pools the names
         */
        public static Item named(String interfaceName, PoolNames pools) {
            return new Item(Optional.of(requireNonNull(interfaceName, "interfaceName")), pools, false);
        }

        /**
         * {@return an item that is assigned by position}
         *
         * @param pools the names
         */
        public static Item positional(PoolNames pools) {
            return new Item(Optional.empty(), pools, false);
        }
    }
}
