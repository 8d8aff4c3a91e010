package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.owner.Owner;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolResolver;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Rejection;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.ResolverSettings;
import io.ipam.resolution.UsageView;
import io.ipam.resolution.Workload;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ResolutionJsonTest {
    private static final PoolCatalog CATALOG = PoolCatalog.of(
            Pool.builder("blue-v4", "10.6.0.0/16")
                    .ips("10.6.1.0-10.6.1.9")
                    .gateway("10.6.0.1")
                    .route("10.9.0.0/16", "10.6.0.2")
                    .build(),
            Pool.builder("closed-v4", "10.6.0.0/16")
                    .ips("10.6.2.0")
                    .disabled(true)
                    .build(),
            Pool.builder("gone-v4", "10.6.0.0/16")
                    .ips("10.6.3.0")
                    .terminating(Instant.EPOCH)
                    .build(),
            Pool.builder("picky-v4", "10.6.0.0/16")
                    .ips("10.6.4.0")
                    .affinity(PoolAffinity.none().withPod(LabelSelector.of(Map.of("app", "web"))))
                    .build(),
            Pool.builder("blue-v6", "2001:db8::/64").ips("2001:db8::1").build());

    private static Resolution resolve(UsageView usage, PoolNames names) {
        Workload workload = Workload.builder(Owner.stateless("shop", "cart-0", "7f3c"))
                .labels(Map.of("app", "cart"))
                .node("node-a", Map.of())
                .build();
        return PoolResolver.of(ResolverSettings.defaults())
                .resolve(workload, PoolSelections.none().withPod(names), CATALOG, usage);
    }

    @Test
    void write_everyKindOfFact_formIsPinned() {
        Resolution resolution = resolve(UsageView.none(), PoolNames.of(Family.IPV4, "closed-v4", "blue-v4", "blue-v4"));
        assertEquals("""
                {"version":1,"servable":true,"message":"MESSAGE",\
                "workload":{"namespace":"shop","name":"cart-0","uid":"7f3c","stateful":false,"node":"node-a"},\
                "demands":[{"interface":"eth0","family":4,"source":"POD","sourceText":"pod selection",\
                "cleanGateway":false,"state":"candidates","candidates":[{"pool":"blue-v4","defaultGateway":"10.6.0.1",\
                "routes":[{"dst":"10.9.0.0/16","gw":"10.6.0.2"}]}],\
                "rejections":[{"pool":"closed-v4","type":"Disabled","reason":"is disabled","remedy":"enable it"}],\
                "notes":[{"type":"NamedTwice","text":"blue-v4 is named twice; only the first one is used"}],"problems":[]}],\
                "problems":[],"notes":[],"releases":[],"waysOut":[]}""".replace("MESSAGE", resolution.message()), ResolutionJson.format(resolution));
    }

    @Test
    void write_refusal_containsRejectionsAndRemedies() throws IOException {
        Resolution resolution = resolve(
                UsageView.none(), PoolNames.of(Family.IPV4, "closed-v4", "gone-v4", "picky-v4", "blue-v6", "none"));
        JsonNode tree = new ObjectMapper().readTree(ResolutionJson.format(resolution));
        JsonNode demand = tree.get("demands").get(0);
        assertEquals("unserved", demand.get("state").asText());
        assertEquals(
                List.of("Disabled", "Terminating", "PodSelectorMismatch", "WrongFamily", "UnknownPool"),
                demand.get("rejections").findValuesAsText("type"));
        assertTrue(demand.get("rejections").findValuesAsText("remedy").stream().noneMatch(String::isEmpty));
        assertEquals(resolution.remedies().size(), tree.get("waysOut").size());
        assertTrue(tree.get("waysOut").size() > 0);
        assertEquals(resolution.message(), tree.get("message").asText());
    }

    @Test
    void write_heldAddressAndFullPool_areShown() throws IOException {
        Resolution resolution =
                resolve(new OneHolder(), PoolNames.of(Family.IPV4, "blue-v4").with(Family.IPV6, List.of("blue-v6")));
        JsonNode demands =
                new ObjectMapper().readTree(ResolutionJson.format(resolution)).get("demands");
        assertEquals("held", demands.get(0).get("state").asText());
        assertEquals(
                "10.6.1.3", demands.get(0).get("holdings").get(0).get("address").asText());
        assertEquals("FullNow", demands.get(1).get("notes").get(0).get("type").asText());
    }

    @Test
    void write_equalResolutions_returnsEqualTexts() {
        PoolNames names = PoolNames.of(Family.IPV4, "closed-v4", "blue-v4");
        assertEquals(
                ResolutionJson.format(resolve(UsageView.none(), names)),
                ResolutionJson.format(resolve(UsageView.none(), names)));
    }

    /** The types are part of the form: renaming a record changes the documents. */
    @Test
    void write_rejections_typesArePinned() {
        assertEquals(
                List.of(
                        "ApplicationMismatch",
                        "AttachmentMismatch",
                        "CustomFilter",
                        "CustomOrder",
                        "Disabled",
                        "MasterSubnetMismatch",
                        "NamespaceNameMismatch",
                        "NamespaceSelectorMismatch",
                        "NoUsableAddress",
                        "NodeNameMismatch",
                        "NodeSelectorMismatch",
                        "PodSelectorMismatch",
                        "Terminating",
                        "UnknownPool",
                        "WrongFamily"),
                List.copyOf(Arrays.stream(Rejection.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new))));
    }

    private static final class OneHolder implements UsageView {
        @Override
        public List<Holding> heldBy(Owner owner) {
            return List.of(new Holding("eth0", Family.IPV4, "blue-v4", Address.parse("10.6.1.3"), 1, "7f3c"));
        }

        @Override
        public Optional<PoolUsage> usage(String pool) {
            return Optional.empty();
        }

        @Override
        public boolean isFull(String pool) {
            return true;
        }
    }
}
