package io.ipam.examples;

import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;

/**
 * The request of a pod.
 *
 * @param workload the pod as a workload
 * @param selections its interfaces and the pools that are selected for them
 */
record PodRequest(Workload workload, PoolSelections selections) {
    /** Whether the pod has no interface of this IPAM, and no annotation that names one. */
    boolean isIdle() {
        return selections.interfaces().isEmpty()
                && selections.subnet().isEmpty()
                && !(selections.pod().orElse(null) instanceof PodSelection.PerInterface);
    }

    /** The pod and the reason why it has no address. */
    String idleText() {
        return "Pod " + workload.owner().qualifiedName() + " (no interface of this IPAM)";
    }
}
