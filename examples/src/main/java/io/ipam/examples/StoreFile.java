package io.ipam.examples;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.pool.Pool;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import io.ipam.store.jdbc.JdbcStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A file of H2 that keeps the state between runs. The first run creates a realm in it from the
 * manifests; later runs open the realm, whose pools and held addresses then apply.
 *
 * <p>The quickstart loads this class, and with it H2, only if a file is named. Thread safety: none.
 */
final class StoreFile {
    private static final String REALM = "default";
    private static final String SUFFIX = ".mv.db";
    /** The maximum number of addresses that are printed. */
    private static final int SHOWN = 10;

    private final Path base;
    private final PrintStream out;
    private boolean isNew;

    /** A file, with or without the suffix that H2 adds. */
    StoreFile(Path file, PrintStream out) {
        String text = file.toString();
        base = Path.of(text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : text);
        this.out = out;
    }

    /** Opens the realm and prints the addresses that it finds, or creates the realm. */
    Ipam open(Cluster cluster, IpamSettings settings) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + base.toAbsolutePath());
        source.setUser("sa");
        JdbcStore.createSchema(source);
        StateStore store = JdbcStore.of(source, REALM);
        isNew = !exists(store);
        if (isNew) {
            return Ipam.create(store, cluster.catalog(), cluster.held(), RestoreMode.HOLD, settings);
        }
        Ipam ipam = Ipam.open(store, settings);
        printFound(ipam, cluster);
        return ipam;
    }

    /** Whether this run has created the realm. */
    boolean isNew() {
        return isNew;
    }

    private static boolean exists(StateStore store) {
        try (Image image = store.load()) {
            return image.head().exists();
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void printFound(Ipam ipam, Cluster cluster) {
        List<String> found = held(ipam);
        out.println(name() + ": found " + found.size() + " held addresses");
        found.stream().limit(SHOWN).forEach(out::println);
        if (found.size() > SHOWN) {
            out.println("  and " + (found.size() - SHOWN) + " more");
        }
        for (Pool pool : cluster.catalog().pools()) {
            if (!ipam.catalog().pool(pool.name()).equals(Optional.of(pool))) {
                out.println(
                        "  pool " + pool.name() + " is not as in its manifest; delete the file to use the manifest");
            }
        }
        out.println();
    }

    /** A line for each held address, by pool. */
    private static List<String> held(Ipam ipam) {
        List<String> lines = new ArrayList<>();
        for (PoolSnapshot pool : ipam.state().export().pools()) {
            for (PoolSnapshot.Held held : pool.held()) {
                lines.add("  " + held.address() + " from " + pool.pool() + " held by "
                        + held.owner().qualifiedName());
            }
        }
        return lines;
    }

    /** Prints the number of addresses that the next run finds. */
    void printKept(Ipam ipam) {
        out.println();
        out.println(name() + ": keeps " + held(ipam).size() + " held addresses; the next run finds them");
    }

    private String name() {
        return base + SUFFIX;
    }
}
