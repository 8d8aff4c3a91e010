package io.ipam.examples;

import io.ipam.documents.MultusConfigDocument;
import io.ipam.resolution.InterfaceRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The networks that interfaces can join, with the CNI configuration of each
 * (NetworkAttachmentDefinition, or the SpiderMultusConfig that one is made from).
 */
final class Networks {
    /**
     * The configuration of an unknown network, as JSON text. Such a network may belong to this
     * IPAM.
     */
    static final String UNKNOWN = "null";

    private final Map<String, Network> byName = new HashMap<>();
    private final String systemNamespace;
    private final Optional<String> clusterNetwork;

    /**
     * A network.
     *
     * @param manifest the object that describes it
     * @param configuration its CNI configuration
     * @param field the field of the object that has the configuration
     */
    record Network(Manifest manifest, String configuration, String field) {}

    /**
     * Makes an object without networks.
     *
     * @param systemNamespace the namespace of a name without one, for the first interface
     * @param clusterNetwork the default network of the first interface of a pod
     */
    Networks(String systemNamespace, Optional<String> clusterNetwork) {
        this.systemNamespace = systemNamespace;
        this.clusterNetwork = clusterNetwork;
    }

    void add(Manifest network) {
        String configuration = network.spec().optionalText("config").orElse(UNKNOWN);
        byName.put(network.namespace() + "/" + network.name(), new Network(network, configuration, "spec.config"));
    }

    /** Adds the network that Spiderpool makes from a document, unless it is already present. */
    void add(Manifest manifest, MultusConfigDocument config) {
        String field = config.customCni().isEmpty() ? "spec" : "spec.customCNI";
        byName.putIfAbsent(config.attachment(), new Network(manifest, config.cniConfiguration(), field));
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

    /** The network that an interface of a pod joins; empty if it is not among the manifests. */
    Optional<Network> of(InterfaceRequest request, String podNamespace) {
        boolean first = request.name().equals(InterfaceRequest.PRIMARY);
        String namespace = first ? systemNamespace : podNamespace;
        return request.attachment()
                .or(() -> first ? clusterNetwork : Optional.empty())
                .map(name -> name.contains("/") ? name : namespace + "/" + name)
                .map(byName::get);
    }
}
