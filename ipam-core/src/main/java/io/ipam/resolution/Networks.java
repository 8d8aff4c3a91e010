package io.ipam.resolution;

import java.util.List;
import java.util.Optional;

/**
 * Names of networks: {@code namespace/name}, or a bare name. For {@code eth0}, a bare name is in
 * the system namespace; for other interfaces, in the namespace of the workload.
 */
final class Networks {
    private Networks() {}

    /**
     * The network that an interface joins: its own one, or for {@code eth0} otherwise the cluster
     * network.
     */
    static Optional<String> of(InterfaceRequest request, String workloadNamespace, ResolverSettings settings) {
        boolean primary = request.name().equals(InterfaceRequest.PRIMARY);
        if (request.attachment().isPresent()) {
            return qualified(request.attachment(), primary ? settings.systemNamespace() : workloadNamespace);
        }
        return primary ? qualified(settings.clusterNetwork(), settings.systemNamespace()) : Optional.empty();
    }

    private static Optional<String> qualified(Optional<String> network, String namespace) {
        return network.isPresent() && network.get().indexOf('/') < 0
                ? Optional.of(qualified(network.get(), namespace))
                : network;
    }

    private static String qualified(String network, String namespace) {
        return network.indexOf('/') < 0 ? namespace + "/" + network : network;
    }

    static List<String> qualified(List<String> networks, String systemNamespace) {
        return networks.stream()
                .map(network -> qualified(network, systemNamespace))
                .toList();
    }

    /** Whether a name, bare or not, refers to the qualified one. Creates no object. */
    static boolean isSame(String name, String qualified, String systemNamespace) {
        if (name.indexOf('/') >= 0) {
            return name.equals(qualified);
        }
        int slash = systemNamespace.length();
        return qualified.length() == slash + 1 + name.length()
                && qualified.charAt(slash) == '/'
                && qualified.startsWith(systemNamespace)
                && qualified.endsWith(name);
    }
}
