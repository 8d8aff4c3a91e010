package io.ipam.documents;

import io.ipam.address.Address;
import io.ipam.address.InvalidAddressException;
import io.ipam.json.JsonPath;
import io.ipam.owner.Owner;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that SpiderEndpoint documents record. Of several records of one address, the one
 * that agrees with the status of the pool is used, otherwise the first; the others are problems.
 * Cost: O(1) per record. Thread safety: none.
 */
final class EndpointIndex {
    /**
     * The record of an address.
     *
     * @param endpoint the document
     * @param entry the address as written
     * @param where the path of the record
     */
    record Noted(EndpointDocument endpoint, EndpointDocument.Entry entry, String where) {
        /** The owner; one without a uid is identified by its name. */
        Owner owner() {
            boolean stateful = endpoint.isStateful() || endpoint.uid().isEmpty();
            return new Owner(stateful, endpoint.namespace(), endpoint.ownerName(), endpoint.uid());
        }

        /** Whether a record of the pool's status names the same pod, with any uid. */
        boolean isOfPod(String pod) {
            String prefix = endpoint.namespace() + "/";
            return pod.equals(prefix + endpoint.name()) || pod.equals(prefix + endpoint.ownerName());
        }
    }

    private final Map<Address, Noted> unseen = new LinkedHashMap<>();
    private final Map<Address, List<Noted>> all = new LinkedHashMap<>();
    private final ProblemLog problems = new ProblemLog();

    EndpointIndex(Collection<EndpointDocument> endpoints) {
        for (EndpointDocument endpoint : endpoints) {
            String pod = endpoint.namespace() + "/" + endpoint.name();
            for (int i = 0; i < endpoint.entries().size(); i++) {
                EndpointDocument.Entry entry = endpoint.entries().get(i);
                String where = JsonPath.member(JsonPath.member("", pod) + ".status.current.ips", entry.interfaceName())
                        + ".ipv" + entry.family().number();
                add(new Noted(endpoint, entry, where));
            }
        }
        all.forEach((address, records) -> unseen.put(address, records.get(0)));
    }

    private void add(Noted noted) {
        Address address = address(noted);
        if (address == null) {
            return;
        }
        List<Noted> records = all.computeIfAbsent(address, key -> new ArrayList<>(1));
        if (!records.isEmpty()) {
            String rule = "must be noted by one endpoint; " + records.get(0).where() + " notes it too";
            problems.add(Problem.of(
                    ProblemType.DUPLICATE, noted.where(), noted.entry().address(), rule));
        }
        records.add(noted);
    }

    private @Nullable Address address(Noted noted) {
        String text = noted.entry().address();
        int slash = text.indexOf('/');
        try {
            return Address.parse(slash < 0 ? text : text.substring(0, slash));
        } catch (InvalidAddressException e) {
            e.problems().forEach(problem -> problems.add(problem.withWhere(noted.where())));
            return null;
        }
    }

    /** Whether no endpoint records an address. */
    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * The record of an address of a pool's status, or null. Marks the address as seen.
     *
     * @param holder the holder that the status names, or null
     */
    @Nullable
    Noted see(Address address, AllocatedIps.@Nullable Holder holder) {
        unseen.remove(address);
        List<Noted> records = all.getOrDefault(address, List.of());
        if (records.isEmpty()) {
            return null;
        }
        Noted best = records.get(0);
        for (Noted next : records) {
            best = agreement(next, holder) > agreement(best, holder) ? next : best;
        }
        return best;
    }

    /** The number of facts, pod and uid, that agree with the status; the uid only with the pod. */
    private static int agreement(Noted noted, AllocatedIps.@Nullable Holder holder) {
        if (holder == null || !noted.isOfPod(holder.pod())) {
            return 0;
        }
        return holder.podUid().equals(noted.endpoint().uid()) ? 2 : 1;
    }

    /** The records of addresses that no status has. */
    Map<Address, Noted> unseen() {
        return unseen;
    }

    List<Problem> problems() {
        return problems.toList();
    }
}
