package io.ipam.examples;

import io.ipam.annotations.AnnotationKeys;
import io.ipam.annotations.AnnotationReader;
import io.ipam.annotations.InvalidAnnotationException;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a pod asks for from its annotations, its namespace's, and the CNI configurations of its networks. */
final class RequestReader {
    private static final Set<String> NAMESPACE_KEYS =
            Set.of(AnnotationKeys.DEFAULT_IPV4_POOLS, AnnotationKeys.DEFAULT_IPV6_POOLS);
    private static final String NO_CONFIGURATION = "null";

    private final AnnotationReader reader = AnnotationReader.strict();
    private final Map<String, Manifest> namespaces;
    private final Map<String, Map<String, String>> nodes;
    private final Networks networks;
    private final Mistakes mistakes;

    RequestReader(
            Map<String, Manifest> namespaces,
            Map<String, Map<String, String>> nodes,
            Networks networks,
            Mistakes mistakes) {
        this.namespaces = namespaces;
        this.nodes = nodes;
        this.networks = networks;
        this.mistakes = mistakes;
    }

    PodRequest read(Pod pod) {
        Optional<Manifest> namespace = Optional.ofNullable(namespaces.get(pod.namespace()));
        Workload.Builder workload = Workload.builder(pod.owner())
                .labels(pod.labels())
                .node(pod.node(), nodes.getOrDefault(pod.node(), Map.of()))
                .namespaceLabels(namespace.map(Manifest::labels).orElse(Map.of()));
        pod.application().ifPresent(workload::application);
        return new PodRequest(workload.build(), selections(pod, namespace));
    }

    /** The annotations say which interfaces there are; their networks bring the CNI configurations. */
    private PoolSelections selections(Pod pod, Optional<Manifest> namespace) {
        Map<String, String> ofPod = pod.annotations();
        Map<String, String> ofNamespace = namespace.map(Manifest::annotations).orElse(Map.of());
        Map<String, Manifest> joined = new LinkedHashMap<>();
        try {
            Map<String, String> configurations = new LinkedHashMap<>();
            for (InterfaceRequest request : reader.read(ofPod, ofNamespace).interfaces()) {
                Optional<Manifest> network = networks.of(request, pod.namespace());
                network.ifPresent(manifest -> joined.put(request.name(), manifest));
                configurations.put(
                        request.name(),
                        network.flatMap(manifest -> manifest.spec().optionalText("config"))
                                .orElse(NO_CONFIGURATION));
            }
            return reader.read(ofPod, ofNamespace, configurations);
        } catch (InvalidAnnotationException e) {
            BrokenManifestException first = broken(e, pod, namespace, joined);
            mistakes.add(first);
            for (Throwable other : e.getSuppressed()) {
                mistakes.add(broken((InvalidAnnotationException) other, pod, namespace, joined));
            }
            throw first;
        }
    }

    private static BrokenManifestException broken(
            InvalidAnnotationException e, Pod pod, Optional<Manifest> namespace, Map<String, Manifest> joined) {
        if (joined.containsKey(e.key())) {
            return BrokenManifestException.of(joined.get(e.key()), "spec.config", e.problems());
        }
        boolean ofNamespace =
                NAMESPACE_KEYS.contains(e.key()) || !pod.annotations().containsKey(e.key());
        if (ofNamespace && namespace.isPresent()) {
            return BrokenManifestException.of(
                    namespace.get(), "metadata.annotations[\"" + e.key() + "\"]", e.problems());
        }
        String template = pod.replica() ? "spec.template." : "";
        return BrokenManifestException.of(
                pod.manifest(), template + "metadata.annotations[\"" + e.key() + "\"]", e.problems());
    }
}
