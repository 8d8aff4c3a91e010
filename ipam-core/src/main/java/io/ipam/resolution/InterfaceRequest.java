package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An interface that requests addresses, and the relevant parts of its CNI configuration. Start with
 * {@link #of} and change what differs: each {@code with} method returns a copy.
 *
 * <p>Thread safety: immutable.
 */
public final class InterfaceRequest {
    /** The first interface of every pod. */
    public static final String PRIMARY = "eth0";

    private final String name;
    private Optional<String> attachment = Optional.empty();
    private PoolNames cniPools = PoolNames.none();
    private boolean cleanGateway;
    private Optional<String> mac = Optional.empty();
    private boolean matchMasterSubnet;
    private List<Address> masterAddresses = List.of();

    private InterfaceRequest(String name) {
        this.name = name;
    }

    private InterfaceRequest(InterfaceRequest other) {
        name = other.name;
        attachment = other.attachment;
        cniPools = other.cniPools;
        cleanGateway = other.cleanGateway;
        mac = other.mac;
        matchMasterSubnet = other.matchMasterSubnet;
        masterAddresses = other.masterAddresses;
    }

    /**
     * {@return an interface without an attachment and without a CNI configuration}
     *
     * @param name the name, not empty
     */
    public static InterfaceRequest of(String name) {
        if (requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        return new InterfaceRequest(name);
    }

    /** {@return the name of the interface, not empty} */
    public String name() {
        return name;
    }

    /**
     * {@return the network that the interface joins, if it is known} For {@code eth0}, a name
     * without a namespace is in the system namespace. For other interfaces it is in the namespace
     * of the workload.
     */
    public Optional<String> attachment() {
        return attachment;
    }

    /** {@return the default pools of the CNI configuration} */
    public PoolNames cniPools() {
        return cniPools;
    }

    /** {@return whether the CNI configuration requests no default route on this interface} */
    public boolean cleanGateway() {
        return cleanGateway;
    }

    /**
     * {@return the hardware address that the pod requests, as written} ipam neither checks nor uses
     * it.
     */
    public Optional<String> mac() {
        return mac;
    }

    /**
     * {@return whether the CNI configuration requires pools whose subnet has an address of the
     * master interface}
     */
    public boolean matchMasterSubnet() {
        return matchMasterSubnet;
    }

    /** {@return the addresses of the master interface on the node; none if they are not stated} */
    public List<Address> masterAddresses() {
        return masterAddresses;
    }

    /**
     * {@return a copy that joins another network}
     *
     * @param newAttachment {@code namespace/name}, or a name
     */
    public InterfaceRequest withAttachment(String newAttachment) {
        InterfaceRequest copy = new InterfaceRequest(this);
        copy.attachment = Optional.of(requireNonNull(newAttachment, "newAttachment"));
        return copy;
    }

    /**
     * {@return a copy with other default pools in the CNI configuration}
     *
     * @param pools the names
     */
    public InterfaceRequest withCniPools(PoolNames pools) {
        InterfaceRequest copy = new InterfaceRequest(this);
        copy.cniPools = requireNonNull(pools, "pools");
        return copy;
    }

    /**
     * {@return a copy with or without gateway cleaning in the CNI configuration}
     *
     * @param clean whether to request no default route
     */
    public InterfaceRequest withCleanGateway(boolean clean) {
        InterfaceRequest copy = new InterfaceRequest(this);
        copy.cleanGateway = clean;
        return copy;
    }

    /**
     * {@return a copy with another hardware address}
     *
     * @param newMac the text, not checked
     */
    public InterfaceRequest withMac(String newMac) {
        InterfaceRequest copy = new InterfaceRequest(this);
        copy.mac = Optional.of(requireNonNull(newMac, "newMac"));
        return copy;
    }

    /**
     * {@return a copy that requires, or does not require, pools whose subnet has an address of the
     * master interface} Set these addresses with {@link #withMasterAddresses}. Without them, {@code
     * STRICT} mode refuses the request. {@code COMPATIBLE} mode serves it unchecked, with a note.
     * Both modes keep an address that the owner already holds.
     *
     * @param match whether it is required
     */
    public InterfaceRequest withMatchMasterSubnet(boolean match) {
        InterfaceRequest copy = new InterfaceRequest(this);
        copy.matchMasterSubnet = match;
        return copy;
    }

    /**
     * {@return a copy with other addresses of the master interface, on the node of the workload}
     * They are used only if {@link #matchMasterSubnet} is true. Cost: each pool that is checked is
     * compared with each address, once for all interfaces with the same network and addresses.
     *
     * @param addresses the addresses of both families; none if they are not known
     */
    public InterfaceRequest withMasterAddresses(Collection<Address> addresses) {
        InterfaceRequest copy = new InterfaceRequest(this);
        copy.masterAddresses = List.copyOf(requireNonNull(addresses, "addresses"));
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof InterfaceRequest that && parts().equals(that.parts()));
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<Object> parts() {
        return List.of(name, attachment, cniPools, cleanGateway, mac, matchMasterSubnet, masterAddresses);
    }

    /** The name, and the network if it is known: {@code net1 at shop/blue}. */
    @Override
    public String toString() {
        return name + attachment.map(network -> " at " + network).orElse("");
    }

    /** Requires names that differ. */
    static void checkDistinct(List<InterfaceRequest> interfaces) {
        if (interfaces.size() <= 1) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (InterfaceRequest request : interfaces) {
            if (!names.add(request.name())) {
                throw new IllegalArgumentException(
                        "newInterfaces must have distinct names, " + request.name() + " occurs twice");
            }
        }
    }
}
