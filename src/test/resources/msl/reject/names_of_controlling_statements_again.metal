int f(int x) {
    int x = 1;  // error: redefinition of 'x'
    return x;
}
kernel void k(device int* out) {
    if (int a = out[0]) {
        int a = 1;  // error: redefinition of 'a'
    } else {
        int a = 2;  // error: redefinition of 'a'
    }
    for (int i = 0; i < 3; i++) {
        int i = 1;  // error: redefinition of 'i'
    }
    for (int i = 0; i < 3; i++) int i = 1;  // error: redefinition of 'i'
    while (int w = out[0]) {
        int w = 1;  // error: redefinition of 'w'
    }
    switch (int s = out[0]) {
        case 1:
            int s = 1;  // error: redefinition of 's'
    }
    int cells[3] = {};
    for (int c : cells) {
        int c = 1;  // error: redefinition of 'c'
    }
    for (int i = 0; i < 3; i++) {
        {
            int i = 1;
            out[1] = i;
        }
        if (i) {
            int i = 4;
            out[2] = i;
        }
    }
}
