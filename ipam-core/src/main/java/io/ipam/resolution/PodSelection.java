package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.problem.Problem;
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
     * Pools for each interface. Either all items name their interface or none does; items without a
     * name go by position: position 0 is {@code eth0}, then the other interfaces in order. {@link
     * #problems()} says what is wrong.
     *
     * <p>Thread safety: immutable.
     *
     * @param items the items in the order given
     */
    record PerInterface(List<Item> items) implements PodSelection {
        /** Copies the items. */
        public PerInterface {
            items = List.copyOf(requireNonNull(items, "items"));
        }

        private List<Optional<String>> names() {
            return items.stream().map(Item::interfaceName).toList();
        }

        /**
         * {@return whether the items go by position: at least one item does not name its interface}
         */
        public boolean isPositional() {
            return items.stream().anyMatch(item -> item.interfaceName().isEmpty());
        }

        /**
         * {@return what each item is for: the interface that it names, or its position ({@code
         * "0"}, {@code "1"}) without a name}
         */
        public List<String> itemNames() {
            return ItemNames.shown(names());
        }

        /**
         * {@return what is wrong whatever the interfaces are: no item at all, items with a name
         * beside items without, an interface named twice} Paths are relative to the list: {@code
         * [1].interface}.
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
     * @param interfaceName the interface; empty for an item that goes by position (an empty name is
     *     no name)
     * @param pools the names
     * @param cleanGateway whether no default route is wanted on this interface
     */
    record Item(Optional<String> interfaceName, PoolNames pools, boolean cleanGateway) {
        /** Turns an empty name into none. */
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
         * {@return an item that goes by position}
         *
         * @param pools the names
         */
        public static Item positional(PoolNames pools) {
            return new Item(Optional.empty(), pools, false);
        }
    }
}
