package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The place of the state, which decides how a change survives a crash. Thread safety: safe. */
public interface State {
    /** Opens the state; the first start takes over the addresses that statuses note. */
    Ipam open(Cluster cluster, IpamSettings settings, Consumer<Step> steps);

    /** Runs a visit. */
    default Duration visit(Supplier<Duration> visit) {
        return visit.get();
    }

    /** Receives the present version of a pool document. */
    default void observe(GenericKubernetesResource document) {}

    /**
     * {@return whether all changes of these pools survive a crash, so that others may see them}
     * Otherwise a change may be undone. The caller must repeat its visit.
     */
    boolean confirm(Set<String> pools);

    /** Brings the status of a pool up to date. */
    void show(String pool);
}
