package io.ipam.examples;

import io.ipam.annotations.AnnotationKeys;
import io.ipam.annotations.AnnotationReader;
import io.ipam.annotations.InvalidAnnotationException;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the request of a pod from its annotations, those of its namespace, and the CNI
 * configurations of its networks.
 */
final class RequestReader {
    private static final Set<String> NAMESPACE_KEYS =
            Set.of(AnnotationKeys.DEFAULT_IPV4_POOLS, AnnotationKeys.DEFAULT_IPV6_POOLS);
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

    /**
     * The request of a pod; without interfaces if none of them belongs to this IPAM. Every mistake
     * in it is collected.
     */
    PodRequest read(Pod pod) {
        Optional<Manifest> namespace = Optional.ofNullable(namespaces.get(pod.namespace()));
        Workload workload = Workload.builder(pod.owner())
                .labels(texts(pod::labels))
                .node(pod.node(), nodes.getOrDefault(pod.node(), Map.of()))
                .namespaceLabels(texts(() -> namespace.map(Manifest::labels).orElse(Map.of())))
                .application(pod.application())
                .build();
        return new PodRequest(workload, selections(pod, namespace));
    }

    private Map<String, String> texts(Supplier<Map<String, String>> step) {
        return mistakes.attempt(step).orElse(Map.of());
    }

    /** The annotations name the interfaces; their networks have the CNI configurations. */
    private PoolSelections selections(Pod pod, Optional<Manifest> namespace) {
        Map<String, String> ofPod = texts(pod::annotations);
        Map<String, String> ofNamespace =
                texts(() -> namespace.map(Manifest::annotations).orElse(Map.of()));
        Map<String, Networks.Network> joined = new LinkedHashMap<>();
        try {
            PoolSelections all = reader.read(ofPod, ofNamespace);
            Map<String, String> configurations = new LinkedHashMap<>();
            for (InterfaceRequest request : all.interfaces()) {
                Optional<Networks.Network> network = networks.of(request, pod.namespace());
                network.ifPresent(known -> joined.put(request.name(), known));
                String configuration =
                        network.map(Networks.Network::configuration).orElse(Networks.UNKNOWN);
                if (requestsAddresses(request, configuration, all)) {
                    configurations.put(request.name(), configuration);
                }
            }
            return configurations.isEmpty()
                    ? all.withInterfaces(List.of())
                    : reader.read(ofPod, ofNamespace, configurations);
        } catch (InvalidAnnotationException e) {
            BrokenManifestException first = broken(e, place(e, pod, ofPod, namespace), joined);
            mistakes.add(first);
            for (Throwable other : e.getSuppressed()) {
                InvalidAnnotationException more = (InvalidAnnotationException) other;
                mistakes.add(broken(more, place(more, pod, ofPod, namespace), joined));
            }
            throw first;
        }
    }

    /**
     * A network whose known configuration does not name this IPAM requests addresses only for pods
     * that select pools for it.
     */
    private boolean requestsAddresses(InterfaceRequest request, String configuration, PoolSelections selections) {
        return configuration.equals(Networks.UNKNOWN)
                || reader.namesThisIpam(configuration)
                || isSelected(request, selections);
    }

    private static boolean isSelected(InterfaceRequest request, PoolSelections selections) {
        if (selections.subnet().isPresent()) {
            return selections.subnet().get().items().stream()
                    .anyMatch(item -> item.interfaceName().equals(request.name()));
        }
        if (selections.pod().orElse(null) instanceof PodSelection.PerInterface several) {
            return several.isPositional()
                    ? selections.interfaces().indexOf(request) < several.items().size()
                    : several.items().stream()
                            .anyMatch(item -> item.interfaceName().equals(Optional.of(request.name())));
        }
        return selections.pod().isPresent() && request.name().equals(InterfaceRequest.PRIMARY);
    }

    /** The object with the invalid annotation. */
    private static Fields place(
            InvalidAnnotationException e, Pod pod, Map<String, String> ofPod, Optional<Manifest> namespace) {
        boolean ofNamespace = NAMESPACE_KEYS.contains(e.key()) || !ofPod.containsKey(e.key());
        return ofNamespace && namespace.isPresent() ? namespace.get().fields() : pod.template();
    }

    private static BrokenManifestException broken(
            InvalidAnnotationException e, Fields place, Map<String, Networks.Network> joined) {
        Networks.Network network = joined.get(e.key());
        return network != null
                ? BrokenManifestException.of(network.manifest().fields(), network.field(), e.problems())
                : BrokenManifestException.of(place, "metadata.annotations[\"" + e.key() + "\"]", e.problems());
    }
}
