package io.ipam.resolution;

import java.util.List;
import java.util.Optional;

/** Names of networks: {@code namespace/name}, or a bare name that lives in the system namespace. */
final class Networks {
    private Networks() {}

    /** The network that an interface joins: its own, else the cluster network for {@code eth0}. */
    static Optional<String> of(InterfaceRequest request, ResolverSettings settings) {
        if (request.attachment().isPresent()) {
            return qualified(request.attachment(), settings.systemNamespace());
        }
        return request.name().equals(InterfaceRequest.PRIMARY)
                ? qualified(settings.clusterNetwork(), settings.systemNamespace())
                : Optional.empty();
    }

    private static Optional<String> qualified(Optional<String> network, String systemNamespace) {
        return network.isPresent() && network.get().indexOf('/') < 0
                ? Optional.of(qualified(network.get(), systemNamespace))
                : network;
    }

    private static String qualified(String network, String systemNamespace) {
        return network.indexOf('/') < 0 ? systemNamespace + "/" + network : network;
    }

    static List<String> qualified(List<String> networks, String systemNamespace) {
        return networks.stream()
                .map(network -> qualified(network, systemNamespace))
                .toList();
    }

    /** Whether a name, bare or not, means the qualified name. Allocates nothing. */
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
