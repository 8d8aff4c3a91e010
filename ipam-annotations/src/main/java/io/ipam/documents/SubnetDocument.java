package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.subnet.Subnet;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A SpiderSubnet: the definition of a subnet, and its use as the cluster last recorded it. Of the
 * metadata, the name, the labels and the time of deletion are kept. Thread safety: immutable.
 *
 * @param subnet the definition
 * @param status the recorded use; empty if there is none
 */
public record SubnetDocument(Subnet subnet, Optional<SubnetStatus> status) implements Document {
    /** The kind of these documents. */
    public static final String KIND = "SpiderSubnet";

    /** Checks for null. */
    public SubnetDocument {
        requireNonNull(subnet, "subnet");
        requireNonNull(status, "status");
    }

    /**
     * {@return a document without status}
     *
     * @param subnet the definition
     */
    public static SubnetDocument of(Subnet subnet) {
        return new SubnetDocument(subnet, Optional.empty());
    }

    /**
     * {@return a copy with another status}
     *
     * @param newStatus the status
     */
    public SubnetDocument withStatus(SubnetStatus newStatus) {
        return new SubnetDocument(subnet, Optional.of(newStatus));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String name() {
        return subnet.name();
    }

    @Override
    public Map<String, Object> toMap() {
        Tree spec = new Tree()
                .put("ipVersion", BigInteger.valueOf(subnet.family().number()))
                .put("subnet", subnet.prefix().toString())
                .putList("ips", subnet.ipTexts(), Function.identity())
                .putList("excludeIPs", subnet.excludeIpTexts(), Function.identity())
                .put("gateway", subnet.gateway().map(Address::toString).orElse(null))
                .putList("routes", subnet.routes(), PoolDocument::route);
        Tree tree = Metadata.document(KIND, subnet.name(), Map.of(), subnet.labels(), subnet.deletedAt())
                .put("spec", spec.map());
        status.ifPresent(noted -> tree.put("status", noted.toMap()));
        return tree.map();
    }
}
