package io.ipam.examples;

import io.ipam.resolution.InterfaceRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The networks that interfaces can join, with the CNI configuration of each
 * (NetworkAttachmentDefinition).
 */
final class Networks {
    private final Map<String, Manifest> byName = new HashMap<>();
    private final String systemNamespace;
    private final Optional<String> clusterNetwork;

    /**
     * No network yet.
     *
     * @param systemNamespace where a name without a namespace lives for the first interface
     * @param clusterNetwork the network of the first interface of pods that do not say otherwise
     */
    Networks(String systemNamespace, Optional<String> clusterNetwork) {
        this.systemNamespace = systemNamespace;
        this.clusterNetwork = clusterNetwork;
    }

    void add(Manifest network) {
        byName.put(network.namespace() + "/" + network.name(), network);
    }

    String systemNamespace() {
        return systemNamespace;
    }

    Optional<String> clusterNetwork() {
        return clusterNetwork;
    }

    int size() {
        return byName.size();
    }

    /**
     * The manifest of the network that an interface of a pod joins; empty when it is not among the
     * manifests.
     */
    Optional<Manifest> of(InterfaceRequest request, String podNamespace) {
        boolean first = request.name().equals(InterfaceRequest.PRIMARY);
        String namespace = first ? systemNamespace : podNamespace;
        return request.attachment()
                .or(() -> first ? clusterNetwork : Optional.empty())
                .map(name -> name.contains("/") ? name : namespace + "/" + name)
                .map(byName::get);
    }
}
