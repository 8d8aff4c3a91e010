package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.Ipam;
import io.ipam.address.Family;
import io.ipam.allocation.UpdateResult;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.InvalidCatalogException;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolBuilder;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Documents of one name in two families; neither states its {@code spec.ipVersion}. */
class FamilyChangeTest {
    private static final String IPV4 = document("{\"subnet\":\"10.6.0.0/16\",\"ips\":[\"10.6.1.1\"]}");
    private static final String IPV6 = document("{\"subnet\":\"2001:db8::/64\",\"ips\":[\"2001:db8::1\"]}");

    private static String document(String spec) {
        return "{\"apiVersion\":\"spiderpool.spidernet.io/v2beta1\",\"kind\":\"SpiderIPPool\",\"metadata\":{\"name\":\"p\"},\"spec\":"
                + spec + "}";
    }

    private static PoolCatalog catalog(String... documents) {
        String items = String.join(",", documents);
        return DocumentReader.strict()
                .read("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + items + "]}")
                .toCatalog();
    }

    @Test
    void update_subnetOfTheOtherFamily_namesVersionAndSubnet() {
        Ipam ipam = Ipam.of(catalog(IPV4));
        UpdateResult.Blocked blocked =
                assertInstanceOf(UpdateResult.Blocked.class, ipam.update(ipam.catalog(), catalog(IPV6)));
        assertEquals(
                List.of("FORBIDDEN spec.ipVersion", "FORBIDDEN spec.subnet"),
                blocked.plan().blockers().stream()
                        .map(ChangePlan.Blocker::problem)
                        .map(problem -> problem.type() + " " + problem.where())
                        .toList());
    }

    /** The version follows from the subnet, so both change. */
    @Test
    void problems_subnetOfTheOtherFamily_namesVersionAndSubnet() {
        PoolBuilder definition = Pool.builder("p", "2001:db8::/64").ips("2001:db8::1");
        assertEquals(
                List.of("FORBIDDEN spec.ipVersion", "FORBIDDEN spec.subnet"),
                catalog(IPV4).problems(definition, Set.of(Family.IPV4, Family.IPV6), (pool, each) -> {}).stream()
                        .map(problem -> problem.type() + " " + problem.where())
                        .toList());
    }

    @Test
    void toCatalog_nameInBothFamilies_isRefusedAsADuplicate() {
        InvalidCatalogException refused = assertThrows(InvalidCatalogException.class, () -> catalog(IPV4, IPV6));
        assertEquals(
                List.of(ProblemType.DUPLICATE),
                refused.problems().stream().map(Problem::type).toList());
        assertEquals("p", refused.problems().get(0).offending());
    }
}
