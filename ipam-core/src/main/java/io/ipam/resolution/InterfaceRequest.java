package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An interface that requests addresses, and the parts of its CNI configuration that count. Start
 * with {@link #of} and change what differs: each {@code with} method returns a copy.
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

    private InterfaceRequest(String name) {
        this.name = name;
    }

    private InterfaceRequest(InterfaceRequest other) {
        name = other.name;
        attachment = other.attachment;
        cniPools = other.cniPools;
        cleanGateway = other.cleanGateway;
        mac = other.mac;
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
     * {@return the network that the interface joins, if it is known} A name without a namespace is
     * in the system namespace for {@code eth0}, otherwise in the namespace of the workload.
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
     * {@return the hardware address that the pod requests, as written} It is passed through: ipam
     * neither checks nor uses it.
     */
    public Optional<String> mac() {
        return mac;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof InterfaceRequest that && parts().equals(that.parts()));
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<Object> parts() {
        return List.of(name, attachment, cniPools, cleanGateway, mac);
    }

    /** The name, and the network if it is known: {@code net1 at shop/blue}. */
    @Override
    public String toString() {
        return name + attachment.map(network -> " at " + network).orElse("");
    }
}
