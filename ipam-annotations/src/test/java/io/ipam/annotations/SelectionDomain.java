package io.ipam.annotations;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.pool.Route;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.PoolSelections.GivenAddress;
import io.ipam.resolution.ReadingMode;
import io.ipam.subnet.PoolSize;
import io.ipam.subnet.SubnetSelection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Selections that an annotation can express. */
class SelectionDomain extends DomainContextBase {
    @Provide
    Arbitrary<PoolSelections> selections() {
        return Arbitraries.of(ReadingMode.values())
                .flatMap(
                        mode -> Combinators.combine(interfaces(mode), subnet(), pod(mode), pools(mode, 0), routes(mode))
                                .as((interfaces, subnet, pod, defaults, routes) -> selections(
                                                interfaces, subnet, pod, defaults, routes)
                                        .withMode(mode)))
                .flatMap(SelectionDomain::withRequestsOfNetworks);
    }

    /** Addresses and a claim, if a network can request them. */
    private static Arbitrary<PoolSelections> withRequestsOfNetworks(PoolSelections selections) {
        List<String> joined = selections.interfaces().stream()
                .filter(request -> request.attachment().isPresent())
                .map(InterfaceRequest::name)
                .toList();
        if (joined.isEmpty()) {
            return Arbitraries.just(selections);
        }
        return Combinators.combine(
                        given(Family.IPV4, "10.6.1.").list().ofSize(joined.size()),
                        given(Family.IPV6, "2001:db8::").list().ofSize(joined.size()),
                        Arbitraries.of("claim-0", "vm.1").optional(0.2))
                .as((v4, v6, claim) -> {
                    List<GivenAddress> given = new ArrayList<>();
                    for (int i = 0; i < joined.size(); i++) {
                        String name = joined.get(i);
                        v4.get(i)
                                .ifPresent(one -> given.add(new GivenAddress(name, one.address(), one.prefixLength())));
                        v6.get(i)
                                .ifPresent(one -> given.add(new GivenAddress(name, one.address(), one.prefixLength())));
                    }
                    return claim.map(selections::withClaim).orElse(selections).withGiven(given);
                });
    }

    private static Arbitrary<Optional<RequestedAddress>> given(Family family, String start) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, family.bits()).optional())
                .as((last, length) -> new RequestedAddress(
                        Address.parse(start + last), length.map(OptionalInt::of).orElse(OptionalInt.empty())))
                .optional(0.3);
    }

    private static PoolSelections selections(
            List<InterfaceRequest> interfaces,
            Optional<SubnetSelection> subnet,
            Optional<PodSelection> pod,
            PoolNames defaults,
            List<Route> routes) {
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(interfaces)
                .withNamespaceDefaults(defaults)
                .withCustomRoutes(routes);
        selections = subnet.map(selections::withSubnet).orElse(selections);
        return pod.map(selections::withPod).orElse(selections);
    }

    private static Arbitrary<String> name(ReadingMode mode) {
        Arbitrary<String> name = Arbitraries.strings()
                .withChars("ab-*?[]\\\"/<\n\u0000\u0130\u2028\uFFFD池")
                .ofMinLength(mode == ReadingMode.STRICT ? 1 : 0)
                .ofMaxLength(5);
        return Arbitraries.oneOf(name, Arbitraries.of("blue-v4", "\uD83D\uDE00"));
    }

    private static Arbitrary<PoolNames> pools(ReadingMode mode, int atLeast) {
        Arbitrary<List<String>> names = name(mode).list().ofMaxSize(3);
        return Combinators.combine(names, names)
                .as((v4, v6) -> PoolNames.of(Family.IPV4, v4).with(Family.IPV6, v6))
                .filter(pools -> pools.byFamily().size() >= atLeast);
    }

    private static int atLeast(ReadingMode mode) {
        return mode == ReadingMode.STRICT ? 1 : 0;
    }

    private static Arbitrary<List<InterfaceRequest>> interfaces(ReadingMode mode) {
        Arbitrary<Optional<String>> network =
                Arbitraries.of("a", "kube-system/macvlan-vlan0", "n.s/b").optional();
        return Arbitraries.of("eth0", "net1", "net2", "blue", "a,b", "a@b", "[", "网卡", "\u2003x")
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(4)
                .flatMap(names -> Combinators.combine(
                                network.list().ofSize(names.size()),
                                pools(mode, 0).list().ofSize(names.size()),
                                Arbitraries.of(true, false).list().ofSize(names.size()))
                        .as((networks, pools, clean) -> {
                            List<InterfaceRequest> requests = new ArrayList<>();
                            for (int i = 0; i < names.size(); i++) {
                                InterfaceRequest request = InterfaceRequest.of(names.get(i))
                                        .withCniPools(pools.get(i))
                                        .withCleanGateway(clean.get(i))
                                        .withMatchMasterSubnet(clean.get(names.size() - 1 - i));
                                Optional<String> joined = networks.get(i);
                                requests.add(
                                        joined.isEmpty()
                                                ? request
                                                : withMac(request, clean.get(i)).withAttachment(joined.get()));
                            }
                            return requests;
                        }));
    }

    private static InterfaceRequest withMac(InterfaceRequest request, boolean has) {
        return has ? request.withMac("c2:b0:57:49:47:f1") : request;
    }

    private static Arbitrary<Optional<PodSelection>> pod(ReadingMode mode) {
        Arbitrary<PodSelection> all = pools(mode, atLeast(mode)).map(PodSelection.AllInterfaces::new);
        Arbitrary<PodSelection> named = Combinators.combine(
                        Arbitraries.of("eth0", "net1", "网卡", "0")
                                .list()
                                .uniqueElements()
                                .ofMinSize(1),
                        pools(mode, atLeast(mode)).list().ofSize(4),
                        Arbitraries.of(true, false))
                .as((names, pools, clean) -> {
                    List<PodSelection.Item> items = new ArrayList<>();
                    for (int i = 0; i < names.size(); i++) {
                        items.add(new PodSelection.Item(Optional.of(names.get(i)), pools.get(i), clean));
                    }
                    return new PodSelection.PerInterface(items);
                });
        Arbitrary<PodSelection> positional = pools(mode, atLeast(mode))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(pools -> new PodSelection.PerInterface(
                        pools.stream().map(PodSelection.Item::positional).toList()));
        return Arbitraries.oneOf(all, named, positional).optional();
    }

    private static Arbitrary<Optional<SubnetSelection>> subnet() {
        Arbitrary<PoolSize> size = Combinators.combine(
                        Arbitraries.of(true, false), Arbitraries.longs().greaterOrEqual(0))
                .as(PoolSize::new);
        Arbitrary<List<SubnetSelection.Item>> items = Arbitraries.of("eth0", "net1", "net2")
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .flatMap(names -> Arbitraries.of(1, 2, 3)
                        .list()
                        .ofSize(names.size())
                        .map(families -> {
                            List<SubnetSelection.Item> list = new ArrayList<>();
                            for (int i = 0; i < names.size(); i++) {
                                list.add(item(names.get(i), families.get(i)));
                            }
                            return list;
                        }));
        return Combinators.combine(items, Arbitraries.of(true, false), size, Arbitraries.of(true, false))
                .as((list, several, number, reclaim) ->
                        new SubnetSelection(several ? list : list.subList(0, 1), several, number, reclaim))
                .optional();
    }

    private static SubnetSelection.Item item(String name, int families) {
        Map<Family, List<String>> subnets = new EnumMap<>(Family.class);
        if ((families & 1) != 0) {
            subnets.put(Family.IPV4, List.of("s4-" + name));
        }
        if ((families & 2) != 0) {
            subnets.put(Family.IPV6, List.of("s6-" + name));
        }
        return new SubnetSelection.Item(name, subnets);
    }

    private static Arbitrary<List<Route>> routes(ReadingMode mode) {
        Arbitrary<Route> v4 = Combinators.combine(
                        Arbitraries.integers(), Arbitraries.integers().between(0, 32))
                .as((bits, length) -> {
                    Address address = new Address(Family.IPV4, 0, bits & 0xFFFF_FFFFL);
                    return new Route(Prefix.masked(address, length), address);
                });
        Arbitrary<Route> v6 = Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 128))
                .as((high, low, length) -> {
                    Address address = new Address(Family.IPV6, high | Long.MIN_VALUE, low);
                    return new Route(Prefix.masked(address, length), address);
                });
        Arbitrary<List<Route>> routes = Arbitraries.oneOf(v4, v6).list().ofMaxSize(3);
        return mode == ReadingMode.STRICT ? routes.map(SelectionDomain::withOneGatewayEach) : routes;
    }

    private static List<Route> withOneGatewayEach(List<Route> routes) {
        Map<Prefix, Route> first = new LinkedHashMap<>();
        routes.forEach(route -> first.putIfAbsent(route.destination(), route));
        return List.copyOf(first.values());
    }
}
