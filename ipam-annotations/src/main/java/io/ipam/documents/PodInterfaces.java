package io.ipam.documents;

import static java.util.Objects.requireNonNullElse;

import io.ipam.address.Address;
import io.ipam.address.InvalidAddressException;
import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonOptions;
import io.ipam.json.JsonPath;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The interfaces of addresses, as the annotations of pods record them.
 *
 * <pre>
 * ipam.spidernet.io/assigned-net1:
 *     {"interface":"net1","ipv4":"10.6.1.4/16","ipv6":"2001:db8::4/64"}
 * k8s.v1.cni.cncf.io/network-status:
 *     [{"name":"kube-system/macvlan","interface":"net1","ips":["10.6.1.4"]}]
 * </pre>
 *
 * <p>Limit: 2^20 characters per annotation. Thread safety: none.
 */
final class PodInterfaces {
    private static final String ASSIGNED = "ipam.spidernet.io/assigned-";
    private static final List<String> STATUS =
            List.of("k8s.v1.cni.cncf.io/networks-status", "k8s.v1.cni.cncf.io/network-status");
    private static final JsonOptions OPTIONS = JsonOptions.compatible(1 << 20).withCountOfRest();
    private static final JsonKeys ASSIGNED_KEYS = JsonKeys.of("interface", "ipv4", "ipv6");
    private static final JsonKeys STATUS_KEYS = JsonKeys.of("interface", "ips", "default");
    private static final Expected OBJECT = Expected.of("must be an object");
    private static final Expected LIST = Expected.of("must be a list");
    private static final Expected TEXT = Expected.of("must be a text");
    private static final Expected TRUTH = Expected.of("must be true or false");
    private static final String DEFAULT_INTERFACE = "eth0";

    private final Map<String, Map<Address, String>> byPod = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Adds the annotations of a pod; the later ones replace the earlier ones of an address. */
    void add(String pod, Map<String, String> annotations) {
        for (String key : STATUS) {
            if (annotations.containsKey(key)) {
                read(pod, key, annotations, PodInterfaces::status);
            }
        }
        for (String key : annotations.keySet()) {
            if (key.startsWith(ASSIGNED)) {
                read(pod, key, annotations, reader -> assigned(reader, key.substring(ASSIGNED.length())));
            }
        }
    }

    /** The interface of a pod's address, empty if unknown. */
    String of(String pod, Address address) {
        return byPod.getOrDefault(pod, Map.of()).getOrDefault(address, "");
    }

    List<Problem> problems() {
        return problems;
    }

    private void read(
            String pod, String key, Map<String, String> annotations, Function<JsonReader, Map<Address, String>> body) {
        String path = JsonPath.member(JsonPath.member("", pod) + ".annotations", key);
        JsonResult<Map<Address, String>> result = JsonReader.read(annotations.getOrDefault(key, ""), OPTIONS, body);
        result.problems().forEach(problem -> problems.add(problem.withWhere(path)));
        Map<Address, String> found = result.value();
        if (found != null) {
            byPod.computeIfAbsent(pod, name -> new HashMap<>()).putAll(found);
        }
    }

    private static Map<Address, String> assigned(JsonReader reader, String interfaceName) {
        Map<Address, String> found = new HashMap<>();
        JsonMembers members = reader.members(ASSIGNED_KEYS, OBJECT);
        if (members == null) {
            return found;
        }
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            if (key != 0) {
                readAddress(reader, interfaceName, found);
            }
        }
        return found;
    }

    private static Map<Address, String> status(JsonReader reader) {
        Map<Address, String> found = new HashMap<>();
        if (reader.beginArray(LIST)) {
            while (reader.nextElement()) {
                readNetwork(reader, found);
            }
        }
        return found;
    }

    private static void readNetwork(JsonReader reader, Map<Address, String> found) {
        String interfaceName = "";
        boolean isDefault = false;
        Map<Address, String> addresses = new HashMap<>();
        JsonMembers members = reader.members(STATUS_KEYS, OBJECT);
        if (members == null) {
            return;
        }
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            switch (key) {
                case 0 -> interfaceName = requireNonNullElse(reader.string(TEXT), "");
                case 1 -> readAddresses(reader, addresses);
                default -> isDefault = reader.bool(TRUTH, false);
            }
        }
        String name = interfaceName.isEmpty() && isDefault ? DEFAULT_INTERFACE : interfaceName;
        if (!name.isEmpty()) {
            addresses.keySet().forEach(address -> found.put(address, name));
        }
    }

    private static void readAddresses(JsonReader reader, Map<Address, String> addresses) {
        if (reader.beginArray(LIST)) {
            while (reader.nextElement()) {
                readAddress(reader, "", addresses);
            }
        }
    }

    /** Reads an address with or without a prefix length; an empty text is none. */
    private static void readAddress(JsonReader reader, String interfaceName, Map<Address, String> addresses) {
        String text = requireNonNullElse(reader.string(TEXT), "");
        if (text.isEmpty()) {
            return;
        }
        int slash = text.indexOf('/');
        try {
            addresses.put(Address.parse(slash < 0 ? text : text.substring(0, slash)), interfaceName);
        } catch (InvalidAddressException e) {
            e.problems()
                    .forEach(problem ->
                            reader.problem(problem.type(), problem.offending(), problem.rule(), problem.hint()));
        }
    }
}
