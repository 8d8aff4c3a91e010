package io.ipam.examples.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ipam.Ipam;
import io.ipam.allocation.Observation;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Releases the addresses of owners that are gone. Thread safety: safe. */
final class LiveOwners {
    private static final System.Logger LOG = System.getLogger(LiveOwners.class.getName());

    private LiveOwners() {}

    /** Compares the state with the owners that exist, after the observation, on the API server. */
    static ReconcileReport reconcile(Ipam ipam, State state, KubernetesClient client) {
        Observation mark = ipam.observe();
        ReconcileReport report = ipam.reconcile(mark, list(client), ReconcileMode.FREE);
        state.confirm(
                report.released().stream().map(ReconcileReport.Orphan::pool).collect(Collectors.toSet()));
        if (!report.confirmed().isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, report.explain());
        }
        return report;
    }

    /** The pods that have not ended, and every pod that a StatefulSet should have. */
    private static List<Owner> list(KubernetesClient client) {
        List<Owner> owners = new ArrayList<>();
        client.apps().statefulSets().inAnyNamespace().list().getItems().stream()
                .map(Pods::owners)
                .forEach(owners::addAll);
        client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> !Pods.hasEnded(pod) || Pods.owner(pod).stateful())
                .map(Pods::owner)
                .forEach(owners::add);
        return owners;
    }
}
