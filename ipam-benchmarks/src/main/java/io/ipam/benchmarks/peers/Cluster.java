package io.ipam.benchmarks.peers;

import io.ipam.Ipam;
import io.ipam.allocation.Allocation;
import io.ipam.annotations.AnnotationReader;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pods with two interfaces and both families: whole requests, from the annotation to four addresses
 * and their release. The pods name four pools of the catalog and no other. Half of the pools are
 * IPv4; each named pool has at least a million addresses.
 */
public final class Cluster {
    private static final int ASKING = 256;
    private static final String ANNOTATION = """
            [{"interface": "eth0", "ipv4": ["v4-a"], "ipv6": ["v6-a"]},
             {"interface": "net1", "ipv4": ["v4-b"], "ipv6": ["v6-b"], "cleangateway": true}]""";

    private final Ipam ipam;
    private final AnnotationReader reader = AnnotationReader.strict();
    private final Map<String, String> annotations =
            Map.of("ipam.spidernet.io/ippools", ANNOTATION, "k8s.v1.cni.cncf.io/networks", "kube-system/macvlan");
    private final Workload[] asking = new Workload[ASKING];
    private final Resolution[] resolved = new Resolution[ASKING];
    private final PoolSelections selections;

    /**
     * Creates a cluster.
     *
     * @param pools the number of pools, at least 4
     * @param held the number of held addresses, a multiple of 4
     */
    public Cluster(int pools, int held) {
        ipam = Ipam.of(PoolCatalog.of(pools(pools), List.of()));
        selections = reader.read(annotations, Map.of());
        Owner[] owners = Pods.owners(ASKING + held / 4);
        for (int i = 0; i < ASKING; i++) {
            asking[i] = workload(owners[i]);
            resolved[i] = ipam.resolve(asking[i], selections);
        }
        for (int i = ASKING; i < owners.length; i++) {
            ipam.allocate(workload(owners[i]), selections).orElseThrow();
        }
    }

    private static Workload workload(Owner owner) {
        return Workload.builder(owner)
                .labels(Map.of("app", "cart"))
                .node("node-a", Map.of("zone", "a"))
                .namespaceLabels(Map.of("team", "web"))
                .build();
    }

    private static List<Pool> pools(int count) {
        List<Pool> pools = new ArrayList<>();
        pools.add(pool("v4-a", "10.0.0.0/12", "10.0.0.0-10.15.255.255"));
        pools.add(pool("v4-b", "10.16.0.0/12", "10.16.0.0-10.31.255.255"));
        pools.add(pool("v6-a", "2001:db8::/64", "2001:db8::-2001:db8::ffff:ffff:ffff:ffff"));
        pools.add(pool("v6-b", "2001:db8:0:1::/64", "2001:db8:0:1::-2001:db8:0:1:ffff:ffff:ffff:ffff"));
        for (int i = 4; i < count; i++) {
            String net = "11." + (i >> 8) + "." + (i & 255) + ".";
            String hex = "2001:db8:1:" + Integer.toHexString(i) + "::";
            pools.add(
                    i % 2 == 0
                            ? pool("pool-" + i, net + "0/24", net + "10-" + net + "250")
                            : pool("pool-" + i, hex + "/64", hex + "10-" + hex + "ffff"));
        }
        return pools;
    }

    private static Pool pool(String name, String subnet, String range) {
        return Pool.builder(name, subnet).ips(range).build();
    }

    /** {@return the instance under test} */
    public Ipam ipam() {
        return ipam;
    }

    /**
     * Reads the annotations, resolves, allocates, and releases.
     *
     * @param operations the number of pods
     * @return the sum of the lower halves of the addresses
     */
    public long wholeWay(int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            Workload pod = asking[i & (ASKING - 1)];
            PoolSelections read = reader.read(annotations, Map.of());
            sum += sum(ipam.allocate(pod, read).orElseThrow());
            sum += ipam.release(pod.owner()).size();
        }
        return sum;
    }

    private static long sum(List<Allocation> allocations) {
        long sum = 0;
        for (Allocation allocation : allocations) {
            sum += allocation.address().low();
        }
        return sum;
    }

    /**
     * Checks that a pod gets four addresses on two interfaces from the named pools, and releases
     * them.
     */
    public void check() {
        List<Allocation> allocations = ipam.allocate(asking[0], selections).orElseThrow();
        List<String> pools = allocations.stream().map(Allocation::pool).toList();
        if (!pools.equals(List.of("v4-a", "v6-a", "v4-b", "v6-b"))) {
            throw new IllegalStateException("allocated from " + pools);
        }
        if (ipam.release(asking[0].owner()).size() != 4) {
            throw new IllegalStateException("not all four are released");
        }
    }

    /**
     * Only reads the annotations.
     *
     * @param operations the number of repetitions
     * @return the total number of interfaces
     */
    public long read(int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += reader.read(annotations, Map.of()).interfaces().size();
        }
        return sum;
    }

    /**
     * Only resolves.
     *
     * @param operations the number of repetitions
     * @return the total number of demands
     */
    public long resolve(int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += ipam.resolve(asking[i & (ASKING - 1)], selections).demands().size();
        }
        return sum;
    }

    /**
     * Allocates with an existing resolution, and releases.
     *
     * @param operations the number of pods
     * @return the sum of the lower halves of the addresses
     */
    public long bare(int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            int pod = i & (ASKING - 1);
            sum += sum(ipam.allocate(resolved[pod]).orElseThrow());
            sum += ipam.release(asking[pod].owner()).size();
        }
        return sum;
    }
}
