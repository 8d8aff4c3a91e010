package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.json.JsonText;
import io.ipam.subnet.SubnetUsage;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The use of a subnet as a SpiderSubnet's {@code status} records it. Counts are exact, even beyond
 * 64 bits. Thread safety: immutable.
 *
 * @param totalIpCount status.totalIPCount: listed and not excluded
 * @param allocatedIpCount status.allocatedIPCount: the number of them that pools have
 * @param controlledIpPools status.controlledIPPools: a JSON text with the addresses of each pool,
 *     which is not verified
 */
public record SubnetStatus(
        Optional<BigInteger> totalIpCount, Optional<BigInteger> allocatedIpCount, Optional<String> controlledIpPools) {
    /** Checks that no count is negative; throws IllegalArgumentException otherwise. */
    public SubnetStatus {
        PoolStatus.checkCount("totalIpCount", totalIpCount);
        PoolStatus.checkCount("allocatedIpCount", allocatedIpCount);
        requireNonNull(controlledIpPools, "controlledIpPools");
    }

    /**
     * {@return the status with the library's own figures, pools by name: {@code
     * {"auto4-cart-eth0-fcca4":{"application": "shop/cart","ips":["10.6.1.0-10.6.1.4"]}}}}
     *
     * @param usage the account
     */
    public static SubnetStatus of(SubnetUsage usage) {
        Tree pools = new Tree();
        for (SubnetUsage.Share share : usage.pools()) {
            Tree entry = new Tree().putList("ips", share.addresses().texts(), Function.identity());
            if (!share.application().isEmpty()) {
                entry.put("application", share.application());
            }
            pools.put(share.pool(), (Object) entry.map());
        }
        return new SubnetStatus(
                Optional.of(usage.total()),
                Optional.of(usage.allocatedCount()),
                usage.pools().isEmpty() ? Optional.empty() : Optional.of(JsonText.of(pools.map())));
    }

    /**
     * Reads the fields; a negative count is a problem. Other fields are ignored, because people do
     * not write a status.
     */
    static SubnetStatus read(DocumentFields fields) {
        return new SubnetStatus(
                fields.count("totalIPCount"), fields.count("allocatedIPCount"), fields.text("controlledIPPools"));
    }

    Map<String, Object> toMap() {
        Tree tree = new Tree().put("controlledIPPools", controlledIpPools.orElse(null));
        totalIpCount.ifPresent(count -> tree.put("totalIPCount", count));
        allocatedIpCount.ifPresent(count -> tree.put("allocatedIPCount", count));
        return tree.map();
    }
}
