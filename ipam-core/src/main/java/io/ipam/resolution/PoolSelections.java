package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.pool.Route;
import io.ipam.subnet.SubnetSelection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The content of a request: its interfaces, the pools that each source names, routes, given
 * addresses. Start with {@link #none} and change what differs: each {@code with} method returns a
 * copy. Names are not checked against the existing pools; {@link PoolResolver} does that.
 *
 * <p>Thread safety: immutable.
 */
public final class PoolSelections {
    private static final PoolSelections NONE = new PoolSelections();
    private static final Map<Source, Source.Label> OF_REQUEST =
            Map.of(Source.POD, new Source.Label("request", "pools"));

    private List<InterfaceRequest> interfaces;
    private Optional<SubnetSelection> subnet;
    private Optional<PodSelection> pod;
    private PoolNames namespaceDefaults;
    private List<Route> customRoutes;
    private List<GivenAddress> given;
    private Optional<String> claim;
    private ReadingMode mode;
    private Map<Source, Source.Label> labels;
    private boolean partial;

    private PoolSelections() {
        interfaces = List.of(InterfaceRequest.of(InterfaceRequest.PRIMARY));
        subnet = Optional.empty();
        pod = Optional.empty();
        namespaceDefaults = PoolNames.none();
        customRoutes = List.of();
        given = List.of();
        claim = Optional.empty();
        mode = ReadingMode.STRICT;
        labels = Map.of();
    }

    private PoolSelections(PoolSelections other) {
        interfaces = other.interfaces;
        subnet = other.subnet;
        pod = other.pod;
        namespaceDefaults = other.namespaceDefaults;
        customRoutes = other.customRoutes;
        given = other.given;
        claim = other.claim;
        mode = other.mode;
        labels = other.labels;
        partial = other.partial;
    }

    /**
     * {@return a request for the interface {@code eth0} with pools only from the cluster default}
     */
    public static PoolSelections none() {
        return NONE;
    }

    /**
     * {@return a request for one interface with these pools, for callers without annotations} Its
     * explanations mention no pod and no annotation.
     *
     * @param interfaceName the interface, not empty
     * @param pools the names and patterns
     */
    public static PoolSelections of(String interfaceName, PoolNames pools) {
        PoolSelections selections = NONE.withPod(requireNonNull(pools, "pools"));
        selections.interfaces = List.of(InterfaceRequest.of(requireNonNull(interfaceName, "interfaceName")));
        selections.labels = OF_REQUEST;
        return selections;
    }

    /** {@return the interfaces in order, with distinct names; none if ipam serves none of them} */
    public List<InterfaceRequest> interfaces() {
        return interfaces;
    }

    /** {@return the subnets that the pod names; a present selection decides even if it is empty} */
    public Optional<SubnetSelection> subnet() {
        return subnet;
    }

    /** {@return the pools that the pod names; a present selection decides even if it is empty} */
    public Optional<PodSelection> pod() {
        return pod;
    }

    /** {@return the default pools of the namespace} */
    public PoolNames namespaceDefaults() {
        return namespaceDefaults;
    }

    /** {@return the routes that the pod requests in addition to those of its pools} */
    public List<Route> customRoutes() {
        return customRoutes;
    }

    /** {@return the addresses that the caller requires} */
    public List<GivenAddress> given() {
        return given;
    }

    /**
     * {@return the name of the IPAM claim to which the pod refers} If it is present, the stateful
     * owner with that name gets the addresses. Its namespace is that of the workload. Its uid is
     * that of the workload, too. Release the addresses when the claim ends.
     */
    public Optional<String> claim() {
        return claim;
    }

    /** {@return the mode in which the texts were read} */
    public ReadingMode mode() {
        return mode;
    }

    /**
     * {@return the labels of sources whose texts were read; they name the sources in explanations}
     */
    public Map<Source, Source.Label> labels() {
        return labels;
    }

    /**
     * {@return the label that the reader of a source assigned to it, otherwise {@link
     * Source#label}}
     *
     * @param source the source
     */
    public Source.Label label(Source source) {
        Source.Label label = labels.get(requireNonNull(source, "source"));
        return label == null ? source.label() : label;
    }

    /**
     * {@return a copy with other interfaces}
     *
     * @param newInterfaces the interfaces, with distinct names; none if ipam serves none of them
     */
    public PoolSelections withInterfaces(List<InterfaceRequest> newInterfaces) {
        PoolSelections copy = new PoolSelections(this);
        copy.interfaces = List.copyOf(requireNonNull(newInterfaces, "newInterfaces"));
        InterfaceRequest.checkDistinct(copy.interfaces);
        return copy;
    }

    /**
     * {@return a copy with subnets named by the pod}
     *
     * @param newSubnet the subnets
     */
    public PoolSelections withSubnet(SubnetSelection newSubnet) {
        PoolSelections copy = new PoolSelections(this);
        copy.subnet = Optional.of(requireNonNull(newSubnet, "newSubnet"));
        return copy;
    }

    /**
     * {@return a copy with pools named by the pod}
     *
     * @param newPod the pools
     */
    public PoolSelections withPod(PodSelection newPod) {
        PoolSelections copy = new PoolSelections(this);
        copy.pod = Optional.of(requireNonNull(newPod, "newPod"));
        return copy;
    }

    /**
     * {@return a copy with pools named by the pod for all its interfaces}
     *
     * @param pools the names
     */
    public PoolSelections withPod(PoolNames pools) {
        return withPod(new PodSelection.AllInterfaces(pools));
    }

    /**
     * {@return a copy with other default pools of the namespace}
     *
     * @param defaults the names
     */
    public PoolSelections withNamespaceDefaults(PoolNames defaults) {
        PoolSelections copy = new PoolSelections(this);
        copy.namespaceDefaults = requireNonNull(defaults, "defaults");
        return copy;
    }

    /**
     * {@return a copy with other custom routes}
     *
     * @param routes the routes
     */
    public PoolSelections withCustomRoutes(List<Route> routes) {
        PoolSelections copy = new PoolSelections(this);
        copy.customRoutes = List.copyOf(requireNonNull(routes, "routes"));
        return copy;
    }

    /**
     * {@return a copy with other given addresses} A stateful owner that gets one gives up its other
     * address for the same interface and family.
     *
     * @param newGiven the addresses
     */
    public PoolSelections withGiven(List<GivenAddress> newGiven) {
        PoolSelections copy = new PoolSelections(this);
        copy.given = List.copyOf(requireNonNull(newGiven, "newGiven"));
        return copy;
    }

    /**
     * {@return a copy that is served to a claim instead of the workload itself}
     *
     * @param name the name of the claim, not empty
     */
    public PoolSelections withClaim(String name) {
        if (requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        PoolSelections copy = new PoolSelections(this);
        copy.claim = Optional.of(name);
        return copy;
    }

    /**
     * {@return a copy read in another mode}
     *
     * @param newMode the mode
     */
    public PoolSelections withMode(ReadingMode newMode) {
        PoolSelections copy = new PoolSelections(this);
        copy.mode = requireNonNull(newMode, "newMode");
        return copy;
    }

    /**
     * {@return a copy with other labels of sources}
     *
     * @param newLabels the labels
     */
    public PoolSelections withLabels(Map<Source, Source.Label> newLabels) {
        PoolSelections copy = new PoolSelections(this);
        copy.labels = Map.copyOf(requireNonNull(newLabels, "newLabels"));
        return copy;
    }

    /**
     * {@return whether the workload may have more interfaces than this request}
     *
     * @see #withPartial
     */
    public boolean isPartial() {
        return partial;
    }

    /**
     * {@return a copy for some of the interfaces of a workload, or for all of them} A CNI back end
     * gets one request for each interface. In a partial request, items, subnets, given addresses,
     * and routes of other interfaces are ignored. Items without an interface are assigned by
     * position: {@code eth0} has item 0, and {@code netN} has item N. The owner keeps its addresses
     * of other interfaces. Several partial requests are not all or nothing.
     *
     * @param isPartial whether the workload may have other interfaces
     */
    public PoolSelections withPartial(boolean isPartial) {
        PoolSelections copy = new PoolSelections(this);
        copy.partial = isPartial;
        return copy;
    }

    /**
     * {@return whether an interface of this name is requested}
     *
     * @param name the name
     */
    public boolean hasInterface(String name) {
        requireNonNull(name, "name");
        for (InterfaceRequest request : interfaces) {
            if (request.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Equal parts; labels are ignored. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof PoolSelections that && parts().equals(that.parts()));
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<Object> parts() {
        return List.of(interfaces, subnet, pod, namespaceDefaults, customRoutes, given, claim, mode, partial);
    }

    /** The parts in the order of their accessors, without the labels. */
    @Override
    public String toString() {
        return "PoolSelections" + parts();
    }

    /**
     * An address that the caller requires.
     *
     * <p>Thread safety: immutable.
     *
     * @param interfaceName the interface that must get it
     * @param address the address
     * @param prefixLength the prefix length that was written with the address; if it differs from
     *     that of the pool, it is ignored with a note
     */
    public record GivenAddress(String interfaceName, Address address, OptionalInt prefixLength) {
        /** Rejects null. */
        public GivenAddress {
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(address, "address");
            requireNonNull(prefixLength, "prefixLength");
        }

        /**
         * An address without a prefix length.
         *
         * @param interfaceName the interface that must get it
         * @param address the address
         */
        public GivenAddress(String interfaceName, Address address) {
            this(interfaceName, address, OptionalInt.empty());
        }
    }
}
