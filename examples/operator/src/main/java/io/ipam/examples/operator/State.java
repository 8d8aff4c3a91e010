package io.ipam.examples.operator;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.examples.operator.cluster.Cluster;
import io.ipam.examples.operator.cluster.Key;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** The place of the state, which decides how a change survives a crash. Thread safety: safe. */
public interface State {
    /** Opens the state; the first start takes over the addresses that statuses note. */
    Ipam open(Cluster cluster, IpamSettings settings);

    /** Runs the visit of an object. */
    default Duration visit(Key key, Supplier<Duration> visit) {
        return visit.get();
    }

    /**
     * {@return whether all changes of these pools survive a crash, so that others may see them}
     * Otherwise a change may be undone. The caller must repeat its visit.
     */
    boolean confirm(Set<String> pools);

    /** Brings the status of a pool up to date. */
    void show(String pool);

    /** {@return a number that changes when confirmed grants may have been lost} */
    long history();
}
