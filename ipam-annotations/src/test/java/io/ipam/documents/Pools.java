package io.ipam.documents;

import io.ipam.pool.LabelRequirement;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Pools of every shape, for properties. */
final class Pools {
    private Pools() {}

    static Arbitrary<Pool> any() {
        return Combinators.combine(names(), Arbitraries.of(true, false), affinities(), extras())
                .as(Pools::pool);
    }

    private static Pool pool(String name, boolean v4, PoolAffinity affinity, int extras) {
        PoolBuilder builder = Pool.builder(name, v4 ? "10.6.0.0/16" : "2001:db8:6::/64");
        String base = v4 ? "10.6." : "2001:db8:6::";
        String dot = v4 ? "." : ":";
        if ((extras & 1) != 0) {
            builder.ips(base + "1" + dot + "10-" + base + "1" + dot + "99", base + "1" + dot + "50");
            builder.excludeIps(base + "1" + dot + "11");
            if ((extras & 64) != 0) {
                builder.staticIps(base + "1" + dot + "20-" + base + "1" + dot + "29", base + "1" + dot + "25");
            }
        }
        if ((extras & 128) != 0) {
            builder.drainingIps(List.of(base + "2" + dot + "5", base + "2" + dot + "7-" + base + "2" + dot + "9"));
        }
        if ((extras & 2) != 0) {
            builder.gateway(base + "0" + dot + "1");
            builder.route(v4 ? "10.9.0.0/16" : "2001:db8:9::/48", base + "0" + dot + "2");
        }
        builder.defaultPool((extras & 4) != 0).disabled((extras & 8) != 0);
        if ((extras & 16) != 0) {
            builder.terminating(Instant.ofEpochSecond(1_800_000_000L + extras));
        }
        if ((extras & 32) != 0) {
            builder.labels(Map.of("zone", "a", "Zone", "b", "\ufb00x", "1", "\ud83d\ude00x", "<&>"));
        }
        return builder.affinity(affinity).build();
    }

    static Arbitrary<String> names() {
        return Arbitraries.of("a", "blue-v4", "x.y", "\u00e9", "\ud83d\ude00", "quote\"d", "<html>", "a b");
    }

    private static Arbitrary<Integer> extras() {
        return Arbitraries.integers().between(0, 255);
    }

    private static Arbitrary<PoolAffinity> affinities() {
        Arbitrary<List<String>> lists =
                Arbitraries.of("n1", "n2", "kube-system/macvlan").list().ofMaxSize(2);
        return Combinators.combine(selectors(), selectors(), selectors(), lists, lists, lists)
                .as((pod, namespace, node, namespaces, nodes, networks) -> new PoolAffinity(
                        pod.filter(selector -> !selector.isEmpty()), namespace, node, namespaces, nodes, networks));
    }

    private static Arbitrary<java.util.Optional<LabelSelector>> selectors() {
        Arbitrary<Map<String, String>> labels = Arbitraries.maps(
                        Arbitraries.of("app", "tier", "example.com/team"), Arbitraries.of("", "a", "b"))
                .ofMaxSize(2);
        Arbitrary<List<LabelRequirement>> requirements = Arbitraries.of(
                        new LabelRequirement("a", LabelRequirement.Operator.IN, List.of("x", "y")),
                        new LabelRequirement("b", LabelRequirement.Operator.NOT_IN, List.of("z")),
                        new LabelRequirement("c", LabelRequirement.Operator.EXISTS, List.of()),
                        new LabelRequirement("d", LabelRequirement.Operator.DOES_NOT_EXIST, List.of()))
                .list()
                .ofMaxSize(3);
        return Combinators.combine(labels, requirements).as(LabelSelector::of).optional();
    }
}
