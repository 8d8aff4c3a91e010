package io.ipam.resolution;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The check of interfaces whose pools must match a master interface with unknown addresses. This is
 * a problem in {@code STRICT} mode, otherwise a note. An interface that keeps its addresses is not
 * checked.
 */
final class MasterSubnetCheck {
    private MasterSubnetCheck() {}

    static void check(
            PoolSelections selections, List<DemandResolution> demands, List<Problem> problems, List<Note> notes) {
        Set<String> unknown = unknown(selections);
        if (unknown.isEmpty()) {
            return;
        }
        for (DemandResolution demand : demands) {
            if (!(demand instanceof DemandResolution.Held) && unknown.remove(demand.interfaceName())) {
                if (selections.mode() == ReadingMode.STRICT) {
                    problems.add(problem(demand.interfaceName()));
                } else {
                    notes.add(new Note.MasterAddressesUnknown(demand.interfaceName()));
                }
            }
        }
    }

    private static Set<String> unknown(PoolSelections selections) {
        Set<String> unknown = Set.of();
        for (InterfaceRequest request : selections.interfaces()) {
            if (request.matchMasterSubnet() && request.masterAddresses().isEmpty()) {
                unknown = unknown.isEmpty() ? new HashSet<>() : unknown;
                unknown.add(request.name());
            }
        }
        return unknown;
    }

    private static Problem problem(String interfaceName) {
        return Problem.of(
                ProblemType.REQUIRED,
                "interface " + interfaceName,
                interfaceName,
                "the pools must have the subnet of the master interface, so its addresses must be stated",
                "state them with InterfaceRequest.withMasterAddresses");
    }
}
