package io.ipam.resolution;

import io.ipam.address.Family;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The source that settled one interface, and the names that it has for the interface.
 *
 * @param request the interface
 * @param source the source
 * @param label the label of the source
 * @param item the index of the item for the interface in the pod's annotation; {@link #WHOLE}
 *     without items
 * @param names the names of pools or subnets; none for the cluster default
 * @param cleanGateway whether the interface requests no default route
 */
record InterfaceChoice(
        InterfaceRequest request, Source source, Source.Label label, int item, PoolNames names, boolean cleanGateway) {
    /** The annotation has no items: it is for the whole pod. */
    static final int WHOLE = -1;

    /**
     * The choice of a source with the same names for all interfaces; the CNI configuration of the
     * interface determines gateway cleaning.
     */
    static InterfaceChoice whole(InterfaceRequest request, Source source, Source.Label label, PoolNames names) {
        return new InterfaceChoice(request, source, label, WHOLE, names, request.cleanGateway());
    }

    /** The path of the list of one family: {@code pod[1].ipv4}. */
    String path(Family family) {
        return label.path(suffix(), family);
    }

    /** The name of the source for one family: {@code pod selection[1]}. */
    String title(Family family) {
        return label.title(family) + suffix();
    }

    /**
     * The names of the source for the families in which it has names; for all families if it has
     * none.
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
