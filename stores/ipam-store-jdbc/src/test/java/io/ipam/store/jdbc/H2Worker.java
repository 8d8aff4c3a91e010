package io.ipam.store.jdbc;

import io.ipam.store.Head;
import java.nio.file.Path;

/** A process that commits until it is killed, and prints each revision after it was confirmed. */
final class H2Worker {
    private H2Worker() {}

    /** Arguments: the folder, and whether commits survive a loss of power. */
    public static void main(String[] arguments) {
        JdbcStoreSettings settings = JdbcStoreSettings.defaults();
        JdbcStore store = JdbcStore.of(
                H2File.in(Path.of(arguments[0])),
                "crash",
                Boolean.parseBoolean(arguments[1]) ? settings : settings.withoutPowerLossProtection());
        Head head = Values.commit(store, Head.NONE, 1, Values.created());
        while (true) {
            int index = (int) head.revision();
            head = Values.commit(store, head, 1, Values.granted(index, index), Values.granted(100_000 + index, index));
            System.out.println(head.revision());
        }
    }
}
