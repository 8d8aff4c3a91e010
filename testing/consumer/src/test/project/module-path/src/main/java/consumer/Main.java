package consumer;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.annotations.AnnotationReader;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import io.ipam.store.InMemoryStore;
import java.util.Map;

/** Allocates an address over a store in memory, and prints the modules of ipam. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Pool blue = Pool.builder("blue-v6", "2001:db8:6::/64").ips("2001:db8:6::100-2001:db8:6::1ff").build();
        Map<String, String> annotations = Map.of("ipam.spidernet.io/ippool", "{\"ipv6\": [\"blue-v6\"]}");
        try (Ipam ipam = Ipam.openOrCreate(
                new InMemoryStore().session(), PoolCatalog.of(blue), IpamSettings.defaults())) {
            Workload pod = Workload.of(Owner.stateless("shop", "cart-0", "7f3c"));
            ipam.allocate(pod, AnnotationReader.strict().read(annotations, Map.of()))
                    .orElseThrow()
                    .forEach(System.out::println);
        }
        ModuleLayer.boot().modules().stream()
                .map(Module::getName)
                .filter(name -> name.startsWith("io.ipam."))
                .sorted()
                .forEach(System.out::println);
    }
}
