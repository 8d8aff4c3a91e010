package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.Route;
import io.ipam.subnet.SubnetSelection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a request says: its interfaces, the pools that each source names, routes, given addresses. Nothing here
 * is checked against the pools that exist; {@link PoolResolver} does that.
 *
 * <p>Thread safety: immutable.
 *
 * @param interfaces the interfaces in order, at least one, with distinct names
 * @param subnet the subnets that the pod names; present settles the source even when it names none
 * @param pod the pools that the pod names; present settles the source even when it names none
 * @param namespaceDefaults the default pools of the namespace
 * @param customRoutes the routes that the pod wants beside those of its pools
 * @param given addresses that the caller asks for
 * @param mode how the texts were read
 * @param labels the labels of sources whose texts were read; they name them in explanations and do not count for equality
 */
public record PoolSelections(
        List<InterfaceRequest> interfaces,
        Optional<SubnetSelection> subnet,
        Optional<PodSelection> pod,
        PoolNames namespaceDefaults,
        List<Route> customRoutes,
        List<GivenAddress> given,
        ReadingMode mode,
        Map<Source, SourceLabel> labels) {
    private static final PoolSelections NONE = new PoolSelections(
            List.of(InterfaceRequest.of(InterfaceRequest.PRIMARY)),
            Optional.empty(),
            Optional.empty(),
            PoolNames.none(),
            List.of(),
            List.of(),
            ReadingMode.STRICT,
            Map.of());

    /**
     * Copies the lists and checks that the interfaces are distinct.
     *
     * @param interfaces the interfaces in order, at least one, with distinct names
     * @param subnet the subnets that the pod names; present settles the source even when it names none
     * @param pod the pools that the pod names; present settles the source even when it names none
     * @param namespaceDefaults the default pools of the namespace
     * @param customRoutes the routes that the pod wants beside those of its pools
     * @param given addresses that the caller asks for
     * @param mode how the texts were read
     * @param labels the labels of sources whose texts were read
     */
    public PoolSelections {
        interfaces = List.copyOf(interfaces);
        checkDistinct(interfaces);
        requireNonNull(subnet, "subnet");
        requireNonNull(pod, "pod");
        requireNonNull(namespaceDefaults, "namespaceDefaults");
        customRoutes = List.copyOf(customRoutes);
        given = List.copyOf(given);
        requireNonNull(mode, "mode");
        labels = Map.copyOf(labels);
    }

    /** {@return one interface {@code eth0} for which no source but the cluster default names a pool} */
    public static PoolSelections none() {
        return NONE;
    }

    /**
     * {@return the same with other interfaces}
     *
     * @param newInterfaces the interfaces
     */
    public PoolSelections withInterfaces(List<InterfaceRequest> newInterfaces) {
        return new PoolSelections(newInterfaces, subnet, pod, namespaceDefaults, customRoutes, given, mode, labels);
    }

    /**
     * {@return the same with subnets named by the pod}
     *
     * @param newSubnet the subnets
     */
    public PoolSelections withSubnet(SubnetSelection newSubnet) {
        return new PoolSelections(
                interfaces, Optional.of(newSubnet), pod, namespaceDefaults, customRoutes, given, mode, labels);
    }

    /**
     * {@return the same with pools named by the pod}
     *
     * @param newPod the pools
     */
    public PoolSelections withPod(PodSelection newPod) {
        return new PoolSelections(
                interfaces, subnet, Optional.of(newPod), namespaceDefaults, customRoutes, given, mode, labels);
    }

    /**
     * {@return the same with pools named by the pod for all its interfaces}
     *
     * @param pools the names
     */
    public PoolSelections withPod(PoolNames pools) {
        return withPod(new PodSelection.AllInterfaces(pools));
    }

    /**
     * {@return the same with other default pools of the namespace}
     *
     * @param defaults the names
     */
    public PoolSelections withNamespaceDefaults(PoolNames defaults) {
        return new PoolSelections(interfaces, subnet, pod, defaults, customRoutes, given, mode, labels);
    }

    /**
     * {@return the same with other custom routes}
     *
     * @param routes the routes
     */
    public PoolSelections withCustomRoutes(List<Route> routes) {
        return new PoolSelections(interfaces, subnet, pod, namespaceDefaults, routes, given, mode, labels);
    }

    /**
     * {@return the same with other given addresses}
     *
     * @param newGiven the addresses
     */
    public PoolSelections withGiven(List<GivenAddress> newGiven) {
        return new PoolSelections(interfaces, subnet, pod, namespaceDefaults, customRoutes, newGiven, mode, labels);
    }

    /**
     * {@return the same read in another mode}
     *
     * @param newMode the mode
     */
    public PoolSelections withMode(ReadingMode newMode) {
        return new PoolSelections(interfaces, subnet, pod, namespaceDefaults, customRoutes, given, newMode, labels);
    }

    /**
     * {@return a copy with other labels of sources}
     *
     * @param newLabels the labels
     */
    public PoolSelections withLabels(Map<Source, SourceLabel> newLabels) {
        return new PoolSelections(interfaces, subnet, pod, namespaceDefaults, customRoutes, given, mode, newLabels);
    }

    /**
     * {@return the label of a source: the one that its reader gave it, otherwise that of {@link Source#label}}
     *
     * @param source the source
     */
    public SourceLabel label(Source source) {
        SourceLabel ofReader = labels.get(source);
        return ofReader == null ? source.label() : ofReader;
    }

    /**
     * {@return whether an interface of this name is requested}
     *
     * @param name the name
     */
    public boolean hasInterface(String name) {
        for (InterfaceRequest request : interfaces) {
            if (request.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Every component but the labels is equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PoolSelections that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    private List<Object> facts() {
        return List.of(interfaces, subnet, pod, namespaceDefaults, customRoutes, given, mode);
    }

    private static void checkDistinct(List<InterfaceRequest> interfaces) {
        if (interfaces.isEmpty()) {
            throw new IllegalArgumentException("interfaces is empty");
        }
        if (interfaces.size() == 1) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (InterfaceRequest request : interfaces) {
            if (!names.add(request.name())) {
                throw new IllegalArgumentException("interfaces has " + request.name() + " twice");
            }
        }
    }
}
