package io.ipam.resolution;

import io.ipam.address.Family;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The source that settled one interface and what it names there.
 *
 * @param request the interface
 * @param source the source
 * @param item the item of the pod's annotation that is for the interface, or {@link #WHOLE} where there are no items
 * @param names what the source names, pools or subnets; nothing for the cluster default
 * @param cleanGateway whether no default route is wanted
 */
record InterfaceChoice(InterfaceRequest request, Source source, int item, PoolNames names, boolean cleanGateway) {
    /** The annotation is one for the pod, not one of items. */
    static final int WHOLE = -1;

    private static final String PREFIX = "ipam.spidernet.io/";

    /**
     * A source that speaks for all interfaces alike; gateway cleaning is that of the interface's CNI configuration.
     */
    static InterfaceChoice whole(InterfaceRequest request, Source source, PoolNames names) {
        return new InterfaceChoice(request, source, WHOLE, names, request.cleanGateway());
    }

    /** The path of the list of one family: {@code ipam.spidernet.io/ippools[1].ipv4}. */
    String path(Family family) {
        String version = "ipv" + family.number();
        return switch (source) {
            case SUBNET, POD -> annotation() + "." + version;
            case NAMESPACE -> PREFIX + "default-" + version + "-ippool";
            case CNI -> "default_" + version + "_ippool";
            case CLUSTER_DEFAULT -> "";
        };
    }

    /** The source in words, for one family: {@code pod annotation ipam.spidernet.io/ippools[1]}. */
    String title(Family family) {
        return switch (source) {
            case SUBNET, POD -> "pod annotation " + annotation();
            default -> source.text(family);
        };
    }

    /** The source in words, of each family that it names anything in; of every one where it names nothing. */
    String title() {
        Set<String> all = new LinkedHashSet<>();
        Set<String> named = new LinkedHashSet<>();
        for (Family family : RequestResolver.FAMILIES) {
            all.add(title(family));
            if (!names.names(family).isEmpty()) {
                named.add(title(family));
            }
        }
        return String.join(" and ", named.isEmpty() ? all : named);
    }

    private String annotation() {
        String one = PREFIX + (source == Source.SUBNET ? "subnet" : "ippool");
        return item == WHOLE ? one : one + "s[" + item + "]";
    }
}
