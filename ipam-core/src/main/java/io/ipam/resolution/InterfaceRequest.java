package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One interface that wants addresses, and what its CNI configuration says about it.
 *
 * <p>Thread safety: immutable.
 *
 * @param name the interface, never empty
 * @param attachment the network that the interface joins as {@code namespace/name}, where it is known; a bare name lives in
 *     the system namespace for {@code eth0}, in the workload's namespace for other interfaces
 * @param cniPools the default pools of the interface's CNI configuration
 * @param cleanGateway whether the CNI configuration wants no default route on this interface
 */
public record InterfaceRequest(String name, Optional<String> attachment, PoolNames cniPools, boolean cleanGateway) {
    /** The first interface of every pod. */
    public static final String PRIMARY = "eth0";

    /**
     * Checks the name.
     *
     * @param name the interface, never empty
     * @param attachment the network that the interface joins
     * @param cniPools the default pools of the interface's CNI configuration
     * @param cleanGateway whether the CNI configuration wants no default route on this interface
     */
    public InterfaceRequest {
        if (requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("name is empty");
        }
        requireNonNull(attachment, "attachment");
        requireNonNull(cniPools, "cniPools");
    }

    /**
     * {@return an interface without an attachment and without a CNI configuration}
     *
     * @param name the name
     */
    public static InterfaceRequest of(String name) {
        return new InterfaceRequest(name, Optional.empty(), PoolNames.none(), false);
    }

    /**
     * {@return this interface joining another network, {@code namespace/name}}
     *
     * @param newAttachment {@code namespace/name}
     */
    public InterfaceRequest withAttachment(String newAttachment) {
        return new InterfaceRequest(name, Optional.of(newAttachment), cniPools, cleanGateway);
    }

    /**
     * {@return this interface with other default pools in its CNI configuration}
     *
     * @param pools the names
     */
    public InterfaceRequest withCniPools(PoolNames pools) {
        return new InterfaceRequest(name, attachment, pools, cleanGateway);
    }

    /**
     * {@return this interface with or without gateway cleaning in its CNI configuration}
     *
     * @param clean whether to clean
     */
    public InterfaceRequest withCleanGateway(boolean clean) {
        return new InterfaceRequest(name, attachment, cniPools, clean);
    }
}
