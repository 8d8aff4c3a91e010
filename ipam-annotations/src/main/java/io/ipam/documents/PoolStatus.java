package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.PoolUsage;
import io.ipam.pool.Pool;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/**
 * The use of a pool as a SpiderIPPool's {@code status} records it. A count is exact, even beyond 64
 * bits; {@link #within64Bits()} is for systems that store at most 64 bits. Thread safety:
 * immutable.
 *
 * @param totalIpCount status.totalIPCount: listed and not excluded
 * @param allocatedIpCount status.allocatedIPCount
 * @param allocatedIps status.allocatedIPs: the text of an {@link AllocatedIps}, which is not
 *     verified here
 */
public record PoolStatus(
        Optional<BigInteger> totalIpCount, Optional<BigInteger> allocatedIpCount, Optional<String> allocatedIps) {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    /** Checks that no count is negative; throws IllegalArgumentException otherwise. */
    public PoolStatus {
        requireNonNull(allocatedIps, "allocatedIps");
        checkCount("totalIpCount", totalIpCount);
        checkCount("allocatedIpCount", allocatedIpCount);
    }

    /**
     * {@return the status with the library's own counts and holders}
     *
     * @param usage the counts
     * @param holders the holders
     */
    public static PoolStatus of(PoolUsage usage, AllocatedIps holders) {
        return new PoolStatus(
                Optional.of(usage.total()), Optional.of(BigInteger.valueOf(usage.held())), holders.toJson());
    }

    /**
     * {@return the status of a pool whose allocated addresses are these records} The status is of
     * one moment if the records are.
     *
     * @param pool the definition
     * @param holders the records, such as {@link Takeover#allocatedIps} of {@code
     *     IpamState.export(pool)}
     */
    public static PoolStatus of(Pool pool, AllocatedIps holders) {
        BigInteger allocated = BigInteger.valueOf(holders.entries().size());
        return new PoolStatus(Optional.of(pool.addresses().size()), Optional.of(allocated), holders.toJson());
    }

    /**
     * Reads the fields; a negative count is a problem. Other fields are ignored, because people do
     * not write a status.
     */
    static PoolStatus read(DocumentFields fields) {
        return new PoolStatus(
                fields.count("totalIPCount"), fields.count("allocatedIPCount"), fields.text("allocatedIPs"));
    }

    /**
     * {@return a copy with counts of at most 2^63 - 1, the highest ones that Kubernetes stores and
     * Spiderpool writes}
     */
    public PoolStatus within64Bits() {
        return new PoolStatus(totalIpCount.map(MOST::min), allocatedIpCount.map(MOST::min), allocatedIps);
    }

    /**
     * {@return the status as a tree, in the form of {@link Document#toMap()}: the value of {@code
     * status}}
     */
    public Map<String, Object> toMap() {
        Tree tree = new Tree().put("allocatedIPs", allocatedIps.orElse(null));
        totalIpCount.ifPresent(count -> tree.put("totalIPCount", count));
        allocatedIpCount.ifPresent(count -> tree.put("allocatedIPCount", count));
        return tree.map();
    }

    static void checkCount(String name, Optional<BigInteger> count) {
        if (count.filter(number -> number.signum() < 0).isPresent()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + count.get());
        }
    }
}
