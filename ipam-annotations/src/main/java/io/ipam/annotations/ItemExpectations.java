package io.ipam.annotations;

import io.ipam.json.Expected;

/**
 * The expected items of a list with one item for each interface. The hints propose the interface to
 * which an item at that position usually belongs: {@code eth0}, {@code net1}, {@code net2}, ...
 * Thread safety: immutable.
 */
final class ItemExpectations {
    /** The number of items with a proposal. */
    private static final int MOST = 16;

    private final String lists;
    private final Expected[] items = new Expected[MOST + 1];
    private final Expected[] interfaces = new Expected[MOST + 1];

    /**
     * Expectations whose proposals contain these lists of names, such as {@code
     * "ipv4":["blue-v4"]}.
     */
    ItemExpectations(String lists) {
        this.lists = lists;
        for (int index = 0; index <= MOST; index++) {
            Expected item = Expected.of("an element must be an object, such as " + example(0));
            Expected name = Expected.of("the interface must be a string");
            items[index] = index == MOST ? item : item.otherwise("write " + example(index));
            interfaces[index] = index == MOST ? name : name.otherwise("write \"" + interfaceAt(index) + "\"");
        }
    }

    /** The item at {@code index}. */
    Expected item(int index) {
        return items[Math.min(index, MOST)];
    }

    /** The interface of the item at {@code index}. */
    Expected interfaceName(int index) {
        return interfaces[Math.min(index, MOST)];
    }

    /** A valid item at {@code index}. */
    String example(int index) {
        return "{\"interface\":\"" + interfaceAt(index) + "\"," + lists + "}";
    }

    static String interfaceAt(int index) {
        return index == 0 ? "eth0" : "net" + index;
    }
}
