package dev.portolan.compose;

/**
 * Which steps of the reading are taken. All are, but for a look at a project half-way.
 *
 * @param fillsIn whether variables are filled in
 * @param resolvesPaths whether paths become absolute
 * @param normalises whether what is implied is written out, such as the default network
 * @param checks whether what services refer to must be there
 * @param dropsUnused whether resources that no service uses are left out
 */
public record ReadingSteps(
        boolean fillsIn, boolean resolvesPaths, boolean normalises, boolean checks, boolean dropsUnused) {
    public static final ReadingSteps ALL = new ReadingSteps(true, true, true, true, true);

    public ReadingSteps keepingUnused() {
        return new ReadingSteps(fillsIn, resolvesPaths, normalises, checks, false);
    }
}
