package consumer;

import io.ipam.Ipam;
import io.ipam.allocation.Allocation;
import io.ipam.annotations.AnnotationReader;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import io.ipam.store.jdbc.JdbcStoreSettings;
import java.util.Map;

/** Allocates an address for a pod with an annotation. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Pool blue = Pool.builder("blue-v4", "10.6.0.0/16").ips("10.6.1.0-10.6.1.9").build();
        Ipam ipam = Ipam.of(PoolCatalog.of(blue));
        Workload pod = Workload.of(Owner.stateless("shop", "cart-0", "7f3c"));
        Map<String, String> annotations = Map.of("ipam.spidernet.io/ippool", "{\"ipv4\": [\"blue-v4\"]}");
        PoolSelections selections = AnnotationReader.strict().read(annotations, Map.of());
        Allocation allocation = ipam.allocate(pod, selections).orElseThrow().get(0);
        System.out.println(allocation);
        System.out.println(JdbcStoreSettings.class.getModule().isNamed());
    }
}
