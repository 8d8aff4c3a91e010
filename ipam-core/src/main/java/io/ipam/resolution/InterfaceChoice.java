package io.ipam.resolution;

import io.ipam.address.Family;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The source that settled one interface and what it names there.
 *
 * @param request the interface
 * @param source the source
 * @param label the label of the source
 * @param item the item of the pod's annotation that is for the interface, or {@link #WHOLE} where
 *     there are no items
 * @param names what the source names, pools or subnets; nothing for the cluster default
 * @param cleanGateway whether no default route is wanted
 */
record InterfaceChoice(
        InterfaceRequest request, Source source, Source.Label label, int item, PoolNames names, boolean cleanGateway) {
    /** The annotation is one for the pod, not one of items. */
    static final int WHOLE = -1;

    /**
     * A source that speaks for all interfaces alike; gateway cleaning is that of the interface's
     * CNI configuration.
     */
    static InterfaceChoice whole(InterfaceRequest request, Source source, Source.Label label, PoolNames names) {
        return new InterfaceChoice(request, source, label, WHOLE, names, request.cleanGateway());
    }

    /** The path of the list of one family: {@code pod[1].ipv4}. */
    String path(Family family) {
        return label.path(suffix(), family);
    }

    /** The source in words, for one family: {@code pod selection[1]}. */
    String title(Family family) {
        return label.title(family) + suffix();
    }

    /**
     * The source in words, of each family that it names anything in; of every one where it names
     * nothing.
     */
    String title() {
        Set<String> all = new LinkedHashSet<>();
        Set<String> named = new LinkedHashSet<>();
        for (Family family : Family.values()) {
            all.add(title(family));
            if (!names.names(family).isEmpty()) {
                named.add(title(family));
            }
        }
        return String.join(" and ", named.isEmpty() ? all : named);
    }

    private String suffix() {
        return item == WHOLE ? "" : "[" + item + "]";
    }
}
