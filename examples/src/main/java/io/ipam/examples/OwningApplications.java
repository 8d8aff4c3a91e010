package io.ipam.examples;

import io.ipam.pool.Application;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The applications that own pods: the topmost controller, even if only an owner reference names it,
 * otherwise the pod itself. Thread safety: none.
 */
final class OwningApplications {
    private final Ownership ownership;
    private final ToIntFunction<PodMaker> replicas;
    /** The number of pods among the manifests, by the object that they name as their controller. */
    private final Map<String, Integer> controlled = new HashMap<>();

    OwningApplications(Ownership ownership, ToIntFunction<PodMaker> replicas) {
        this.ownership = ownership;
        this.replicas = replicas;
    }

    /** Counts a pod among the manifests. */
    void count(Manifest pod) {
        pod.controller().ifPresent(reference -> controlled.merge(key(pod, reference), 1, Integer::sum));
    }

    /** The application of a pod or of a maker of pods. */
    Application of(Manifest owned) {
        List<PodMaker> above = ownership.above(owned);
        Manifest top = above.isEmpty() ? owned : above.get(above.size() - 1).manifest();
        Optional<PodMaker> maker = PodMaker.of(top);
        Optional<Manifest.Reference> named = Ownership.controllerOf(top);
        if (named.isPresent()) {
            int count =
                    maker.map(replicas::applyAsInt).orElseGet(() -> controlled.getOrDefault(key(top, named.get()), 1));
            return of(top, named.get(), count);
        }
        return maker.map(known -> known.application(replicas.applyAsInt(known)))
                .orElseGet(() -> new Application("v1", top.kind(), top.namespace(), top.name(), top.uid(), 1));
    }

    /** An application that is not among the manifests. */
    private static Application of(Manifest owned, Manifest.Reference reference, int replicas) {
        Optional<String> deployment = reference
                .known()
                .filter(Kind.REPLICA_SET::equals)
                .flatMap(any -> Ownership.deploymentName(owned, reference));
        String kind = deployment.isPresent() ? Kind.DEPLOYMENT.toString() : reference.kind();
        String name = deployment.orElse(reference.name());
        String uid = deployment.isPresent() || reference.uid().isEmpty()
                ? Manifest.substituteUid(owned.namespace(), kind, name)
                : reference.uid();
        return new Application(reference.apiVersion(), kind, owned.namespace(), name, uid, replicas);
    }

    private static String key(Manifest owned, Manifest.Reference reference) {
        return owned.namespace() + "/" + reference.kind() + "/" + reference.name();
    }
}
