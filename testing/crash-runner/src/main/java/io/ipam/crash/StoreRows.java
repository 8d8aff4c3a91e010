package io.ipam.crash;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The entries of a realm, added by the reader of a store, and their contradictions. Thread safety:
 * none.
 */
public final class StoreRows {
    /** By owner and family: the address with its generation. */
    private final Map<String, String> held = new HashMap<>();

    private final Set<InetAddress> addresses = new HashSet<>();
    private final Set<Long> generations = new HashSet<>();
    private final Set<String> pools = new HashSet<>();
    private final List<String> findings = new ArrayList<>();
    private long commits;

    /** Makes a realm without entries. */
    public StoreRows() {}

    /**
     * Adds a held address.
     *
     * @param address the address
     * @param namespace the namespace of the owner
     * @param owner the name of the owner
     * @param interfaceName the interface
     * @param generation the generation of the grant
     */
    public void addHeld(String address, String namespace, String owner, String interfaceName, long generation) {
        expect(addresses.add(parsed(address)), address + " has two holders");
        expect(generations.add(generation), "generation " + generation + " occurs twice");
        expect(
                interfaceName.equals("eth0") && namespace.equals(Caller.NAMESPACE),
                "no caller requested " + address + " for " + namespace + "/" + owner + " " + interfaceName);
        String before = held.put(slot(owner, address), address + "=" + generation);
        expect(before == null, owner + " has " + before + " and " + address + " for one family");
    }

    /**
     * Adds a pool.
     *
     * @param name its name
     */
    public void addPool(String name) {
        pools.add(name);
    }

    /**
     * Accepts the log, after all held addresses.
     *
     * @param count the number of its commits
     * @param first the lowest revision
     * @param last the highest revision
     */
    public void setLog(long count, long first, long last) {
        commits = count;
        expect(first == 1 && last == count, "the log has gaps: " + count + " commits from " + first + " to " + last);
    }

    /**
     * Accepts the head, after all held addresses.
     *
     * @param heldCount the number of held addresses that it states
     * @param lastGeneration the last generation that it states
     */
    public void setHead(long heldCount, long lastGeneration) {
        expect(heldCount == held.size(), "the head counts " + heldCount + ", there are " + held.size());
        expect(
                generations.stream().allMatch(generation -> generation <= lastGeneration),
                "there are generations above " + lastGeneration);
    }

    /**
     * Adds a finding of the reader, unless a condition holds.
     *
     * @param holds whether the condition holds
     * @param finding the text of the finding
     */
    public void expect(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }

    private static InetAddress parsed(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    /** The key of an owner's address in the family of an address. */
    static String slot(String owner, String address) {
        return owner + (address.contains(":") ? " IPv6" : " IPv4");
    }

    /** {@return the entries that contradict each other} */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    long commits() {
        return commits;
    }

    Map<String, String> held() {
        return held;
    }

    boolean hasPool(String name) {
        return pools.contains(name);
    }

    /** {@return the held addresses as a process prints its replica: owner, address, generation} */
    public Set<String> lines() {
        Set<String> lines = new TreeSet<>();
        held.forEach((slot, address) -> lines.add(slot.substring(0, slot.indexOf(' ')) + "=" + address));
        return lines;
    }
}
