package io.ipam.examples;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.PoolUsage;
import io.ipam.annotations.AnnotationReader;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import io.ipam.store.jdbc.JdbcStore;
import java.io.PrintStream;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One of several processes that share a realm in PostgreSQL. Start it twice, with two names and the
 * same URL. Each process requests addresses for its own pods and for the pods {@code shared-0} and
 * {@code shared-1}, which both request, and prints the addresses that it gets.
 */
public final class SharedRealm {
    private static final int OWN_PODS = 6;
    private static final int SHARED_PODS = 2;
    private static final PoolCatalog POOLS = PoolCatalog.of(
            Pool.builder("demo-v4", "10.6.0.0/16").ips("10.6.1.0-10.6.1.11").build(),
            Pool.builder("demo-v6", "2001:db8:6::/64")
                    .ips("2001:db8:6::100-2001:db8:6::1ff")
                    .build());
    private static final Map<String, String> ANNOTATIONS =
            Map.of("ipam.spidernet.io/ippool", "{\"ipv4\": [\"demo-v4\"], \"ipv6\": [\"demo-v6\"]}");

    private SharedRealm() {}

    /**
     * Runs one process.
     *
     * @param args the JDBC URL of a database of PostgreSQL, and a name for the process
     */
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("arguments: the JDBC URL of a database of PostgreSQL, and a name");
            System.exit(1);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(args[0]);
        JdbcStore.createSchema(source);
        JdbcStore store = JdbcStore.of(source, "shared-realm");
        try (Ipam ipam = Ipam.openOrCreate(store, POOLS, IpamSettings.defaults())) {
            run(ipam, args[1], System.out);
        }
    }

    private static void run(Ipam ipam, String name, PrintStream out) {
        for (int i = 0; i < OWN_PODS; i++) {
            request(ipam, name, name + "-" + i, out);
        }
        for (int i = 0; i < SHARED_PODS; i++) {
            request(ipam, name, "shared-" + i, out);
        }
        ipam.sync();
        for (PoolUsage usage : ipam.usage()) {
            out.println(name + " sees " + usage.held() + " held addresses of " + usage.pool());
        }
    }

    private static void request(Ipam ipam, String name, String pod, PrintStream out) {
        PoolSelections selections = AnnotationReader.strict().read(ANNOTATIONS, Map.of());
        AllocationResult result = ipam.allocate(Workload.of(Owner.stateless("demo", pod, pod)), selections);
        if (result instanceof AllocationResult.Refused refused) {
            out.println(name + ": " + pod + " refused: " + refused.message());
        }
        if (result instanceof AllocationResult.Allocated allocated) {
            for (Allocation allocation : allocated.allocations()) {
                out.println(name + ": " + pod + " got " + allocation.address() + " from " + allocation.pool());
            }
        }
    }
}
